/** Sequence numbers may arrive out of order by so many, as datagrams do. */
const WINDOW = 1024
/** A sender silent for so long, s, may have begun anew. */
const RESTART_SECONDS = 10

/** The sliding window of RFC 4303 §3.4.3: a number is taken once, and not when it is far behind. */
export class ReplayWindow {
  readonly #slots = new Float64Array(WINDOW).fill(-1)
  #highest = -1
  #last = Number.NEGATIVE_INFINITY

  /** @param now s. */
  accept(sequence: number, now: number): boolean {
    if (now - this.#last > RESTART_SECONDS) {
      this.#slots.fill(-1)
      this.#highest = -1
    }
    if (sequence <= this.#highest - WINDOW || this.#slots[sequence % WINDOW] === sequence) return false
    this.#slots[sequence % WINDOW] = sequence
    this.#highest = Math.max(this.#highest, sequence)
    this.#last = now
    return true
  }
}
