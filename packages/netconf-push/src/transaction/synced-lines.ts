import { type FileHandle, open } from 'node:fs/promises'

/**
 * A file of lines of which each is on disk before its `append` resolves. Lines that come while others are being written
 * go together, with one sync: a thousand devices that are done at once cost a few syncs, and none of them is told too
 * early.
 */
export class SyncedLines {
  readonly #handle: FileHandle
  #waiting: string[] = []
  /** What the waiting lines will be written by. */
  #next: Promise<void> | undefined
  /** What is being written now; settles without an error. */
  #busy: Promise<unknown> = Promise.resolve()
  /** The file may end in the middle of a line. */
  #torn: boolean

  private constructor(handle: FileHandle, torn: boolean) {
    this.#handle = handle
    this.#torn = torn
  }

  /** A new file, which only its owner can read. @throws when it is there already. */
  static async create(file: string): Promise<SyncedLines> {
    return new SyncedLines(await open(file, 'ax', 0o600), false)
  }

  /** Goes on with a file, whose last line may have been cut off by a crash: that line stays one of its own. */
  static async reopen(file: string): Promise<SyncedLines> {
    return new SyncedLines(await open(file, 'a', 0o600), true)
  }

  /** @param line without its line feed. Resolves when it is on disk; lines stand in the order of the calls. */
  append(line: string): Promise<void> {
    this.#waiting.push(line)
    this.#next ??= this.#busy.then(() => this.#write())
    return this.#next
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined)
    await this.#busy
    await this.#handle.close()
  }

  #write(): Promise<void> {
    const lines = this.#waiting
    this.#waiting = []
    this.#next = undefined
    const written = this.#writeLines(lines)
    this.#busy = written.catch(() => undefined)
    return written
  }

  async #writeLines(lines: readonly string[]): Promise<void> {
    const start = this.#torn ? '\n' : ''
    // Until it is known to be whole: a disk may be full in the middle of a line.
    this.#torn = true
    await this.#handle.appendFile(`${start}${lines.join('\n')}\n`)
    await this.#handle.datasync()
    this.#torn = false
  }
}
