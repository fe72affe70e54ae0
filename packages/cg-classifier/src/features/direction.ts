import type { DirectionFeatures } from '@segchain/records'

/**
 * The packets of one direction in one window. Sizes are summed as integers, exactly; inter-arrival times by
 * Welford's update, which does not lose the variance of large nanosecond values.
 */
export class Direction {
  packets = 0
  #bytes = 0
  #squares = 0
  #last = 0
  #meanNs = 0
  #squaredDeviationNs2 = 0

  /** @param time ns; @param size UDP payload bytes. A packet captured out of order has waited 0 ns. */
  add(time: number, size: number): void {
    if (this.packets > 0) {
      const gap = Math.max(0, time - this.#last)
      const delta = gap - this.#meanNs
      this.#meanNs += delta / this.packets
      this.#squaredDeviationNs2 += delta * (gap - this.#meanNs)
    }
    this.packets++
    this.#bytes += size
    this.#squares += size * size
    this.#last = this.packets === 1 ? time : Math.max(this.#last, time)
  }

  features(): DirectionFeatures {
    const n = this.packets
    const gaps = n - 1
    return {
      packets: n,
      bytes: this.#bytes,
      meanSizeBytes: n === 0 ? 0 : this.#bytes / n,
      varianceSizeBytes2: n === 0 ? 0 : Math.max(0, n * this.#squares - this.#bytes * this.#bytes) / (n * n),
      meanInterArrivalUs: gaps < 1 ? 0 : this.#meanNs / 1e3,
      varianceInterArrivalUs2: gaps < 1 ? 0 : Math.max(0, this.#squaredDeviationNs2) / gaps / 1e6,
    }
  }
}
