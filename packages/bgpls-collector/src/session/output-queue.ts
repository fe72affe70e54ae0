/** What has to be written in order while sockets go on: tells its owner to pause when it grows. */
export class OutputQueue<Item> {
  readonly #write: (item: Item) => Promise<void>
  readonly #pressure: (on: boolean) => void
  #items: Item[] = []
  #running: Promise<void> | undefined
  #failed: unknown
  #paused = false

  /** Records in waiting above which the owner is told to pause, and below which to go on. */
  static readonly high = 10_000
  static readonly low = 1_000

  constructor(write: (item: Item) => Promise<void>, pressure: (on: boolean) => void) {
    this.#write = write
    this.#pressure = pressure
  }

  push(item: Item): void {
    this.#items.push(item)
    if (!this.#paused && this.#items.length > OutputQueue.high) {
      this.#paused = true
      this.#pressure(true)
    }
    // Cleared in a later turn, never before it is set: a write may fail at once.
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Resolves when everything is written. @throws what writing threw. */
  async drained(): Promise<void> {
    while (this.#running !== undefined) await this.#running
    if (this.#failed !== undefined) throw this.#failed
  }

  async #run(): Promise<void> {
    try {
      while (this.#items.length > 0) {
        const batch = this.#items
        this.#items = []
        for (const item of batch) await this.#write(item)
        if (this.#paused && this.#items.length < OutputQueue.low) {
          this.#paused = false
          this.#pressure(false)
        }
      }
    } catch (error) {
      this.#failed = error
      this.#items = []
    }
  }
}
