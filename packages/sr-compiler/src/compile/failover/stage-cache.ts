import type { PrefixSidEntry } from '@segchain/path-engine'

/** Ways by segment and node, each computed once. */
export class StageCache<T> {
  readonly #stages = new Map<PrefixSidEntry, Map<number, T>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get(sid: PrefixSidEntry, from: number, make: () => T | undefined): T | undefined {
    const own = this.#stages.get(sid) ?? new Map<number, T>()
    const known = own.get(from)
    if (known !== undefined) return known
    const stage = make()
    if (stage === undefined) return undefined
    own.set(from, stage)
    this.#stages.set(sid, own)
    this.#size += 1
    return stage
  }

  clear(): void {
    this.#stages.clear()
    this.#size = 0
  }

  /** Only those that hold. */
  keep(holds: (stage: T) => boolean): void {
    for (const nodes of this.#stages.values()) {
      for (const [node, stage] of nodes) {
        if (holds(stage)) continue
        nodes.delete(node)
        this.#size -= 1
      }
    }
  }
}
