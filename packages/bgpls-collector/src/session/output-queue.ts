/** What has to be written in order while sockets go on: tells its owner to pause when it grows. */
export class OutputQueue<Item> {
  readonly #write: (item: Item) => Promise<void>
  readonly #pressure: (on: boolean) => void
  readonly #onError: (error: unknown) => void
  #items: Item[] = []
  #running: Promise<void> | undefined
  #failed: unknown
  #paused = false

  /** Records in waiting above which the owner is told to pause, and below which to go on. */
  static readonly high = 10_000
  static readonly low = 1_000

  /** @param onError writing has failed: what was waiting is gone, and what comes will fail too. */
  constructor(
    write: (item: Item) => Promise<void>,
    pressure: (on: boolean) => void,
    onError: (error: unknown) => void = () => {},
  ) {
    this.#write = write
    this.#pressure = pressure
    this.#onError = onError
  }

  push(item: Item): void {
    this.#items.push(item)
    if (!this.#paused && this.#items.length > OutputQueue.high) {
      this.#paused = true
      this.#pressure(true)
    }
    this.#running ??= this.#run()
  }

  /** How many items are not written yet (those of the batch that is being written not counted). */
  get waiting(): number {
    return this.#items.length
  }

  /** Resolves when everything is written. @throws what writing threw. */
  async drained(): Promise<void> {
    while (this.#running !== undefined) await this.#running
    if (this.#failed !== undefined) throw this.#failed
  }

  async #run(): Promise<void> {
    // So that #running is set before anything in here can end.
    await Promise.resolve()
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
      this.#onError(error)
    } finally {
      this.#running = undefined
    }
  }
}
