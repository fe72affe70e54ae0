import { RecentMap } from '../memory/recent-map.js'
import { FEATURE_COUNT, FEATURE_NAMES } from './feature-vector.js'

/** Windows that the past of a session counts as, at most: about a second of traffic. */
export const CONTEXT_WINDOWS = 30

/** The window's 12 features, then their mean and their deviation over the session's last windows. */
export const SESSION_FEATURE_NAMES = [
  ...FEATURE_NAMES,
  ...FEATURE_NAMES.map((name) => `mean.${name}`),
  ...FEATURE_NAMES.map((name) => `deviation.${name}`),
]
export const SESSION_FEATURE_COUNT = SESSION_FEATURE_NAMES.length

/**
 * What is remembered of a session: running mean and variance of the 12 features, in which a window weighs 1/n until
 * n = `CONTEXT_WINDOWS`, and that much from then on. A single window cannot tell 60 frames/s from several videos of
 * 24; how windows differ from each other can.
 */
export class SessionContext {
  #windows = 0
  readonly #mean = new Float64Array(FEATURE_COUNT)
  readonly #variance = new Float64Array(FEATURE_COUNT)

  /** Takes in the 12 features at `at` in `target`, and writes the other 24 behind them. */
  add(target: Float32Array, at: number): void {
    this.#windows = Math.min(CONTEXT_WINDOWS, this.#windows + 1)
    const weight = 1 / this.#windows
    const mean = this.#mean
    const variance = this.#variance
    for (let j = 0; j < FEATURE_COUNT; j++) {
      const difference = (target[at + j] ?? 0) - (mean[j] ?? 0)
      const step = weight * difference
      mean[j] = (mean[j] ?? 0) + step
      variance[j] = (1 - weight) * ((variance[j] ?? 0) + difference * step)
      target[at + FEATURE_COUNT + j] = mean[j] ?? 0
      target[at + 2 * FEATURE_COUNT + j] = Math.sqrt(variance[j] ?? 0)
    }
  }
}

/** Sessions that are remembered; 300 bytes each. */
const MAX_SESSIONS = 200_000

export const sessionContexts = (most = MAX_SESSIONS) => new RecentMap(most, () => new SessionContext())
