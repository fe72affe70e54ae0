/** The suffix of a source that is one of several paths: its Path Identifier. */
const PATH = /^(.+) path \d+$/s

/**
 * A speaker with ADD-PATH (RFC 7911) reports an object several times, once for each path that it has, and takes the
 * paths back one by one: each is a source of its own, `SPEAKER path N`. What happens to the speaker happens to all.
 */
export class PathSources {
  readonly #bySpeaker = new Map<string, Set<string>>()

  /** What the records of this path are from. */
  of(speaker: string, path: number | undefined): string {
    if (path === undefined) return speaker
    return this.#add(speaker, `${speaker} path ${path}`)
  }

  /** Takes a source that was written down earlier. @returns its speaker. */
  saved(source: string): string {
    const speaker = PATH.exec(source)?.[1]
    if (speaker === undefined) return source
    this.#add(speaker, source)
    return speaker
  }

  /** Everything that the records of a speaker are from; `undefined` where that is the speaker alone. */
  all(speaker: string): ReadonlySet<string> | undefined {
    return this.#bySpeaker.get(speaker)
  }

  forget(speaker: string): void {
    this.#bySpeaker.delete(speaker)
  }

  #add(speaker: string, source: string): string {
    const sources = this.#bySpeaker.get(speaker)
    if (sources === undefined) this.#bySpeaker.set(speaker, new Set([speaker, source]))
    else sources.add(source)
    return source
  }
}
