/** Calls back when nothing was heard for a while: the end of an initial dump without End-of-RIB. */
export class QuietTimer {
  readonly #seconds: number
  readonly #onQuiet: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(seconds: number, onQuiet: () => void) {
    this.#seconds = seconds
    this.#onQuiet = onQuiet
  }

  /** Something was heard. Cheap: called for every UPDATE. */
  touch(): void {
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#onQuiet(), this.#seconds * 1000)
    else this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
