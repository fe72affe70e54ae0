import { RecentMap } from '../memory/recent-map.js'
import { FEATURE_COUNT, FEATURE_NAMES } from './feature-vector.js'

/** Windows that are remembered of a session, at most: 1.3 s of traffic. */
export const CONTEXT_WINDOWS = 40
/** They are kept as two blocks of so many; when the younger is full, the older is forgotten as a whole. */
const BLOCK = CONTEXT_WINDOWS / 2

/** The window's 12 features, then their mean and their deviation over the session's last windows. */
export const SESSION_FEATURE_NAMES = [
  ...FEATURE_NAMES,
  ...FEATURE_NAMES.map((name) => `mean.${name}`),
  ...FEATURE_NAMES.map((name) => `deviation.${name}`),
]
export const SESSION_FEATURE_COUNT = SESSION_FEATURE_NAMES.length

/**
 * What is remembered of a session: mean and population deviation of the 12 features over its last windows, 21 to 40 of
 * them. A single window cannot tell 60 frames/s from several videos of 24; how windows differ from each other can.
 * Not a mean that decays: its deviation would show a change, such as the video after a start-up, for five seconds.
 */
export class SessionContext {
  #count = 0
  #mean = new Float64Array(FEATURE_COUNT)
  /** Sums of squared deviations from the mean. */
  #squares = new Float64Array(FEATURE_COUNT)
  /** The older block: empty, or full. */
  #olderCount = 0
  #olderMean = new Float64Array(FEATURE_COUNT)
  #olderSquares = new Float64Array(FEATURE_COUNT)

  /** Takes in the 12 features at `at` in `target`, and writes the other 24 behind them. */
  add(target: Float32Array, at: number): void {
    if (this.#count === BLOCK) this.#turn()
    this.#count++
    const mean = this.#mean
    const squares = this.#squares
    const [all, older] = [this.#count + this.#olderCount, this.#olderCount / (this.#count + this.#olderCount)]
    for (let j = 0; j < FEATURE_COUNT; j++) {
      const value = target[at + j] ?? 0
      // Welford's update of the younger block, then both blocks as one (Chan, Golub, LeVeque 1979).
      const difference = value - (mean[j] ?? 0)
      const ours = (mean[j] ?? 0) + difference / this.#count
      const spread = (squares[j] ?? 0) + difference * (value - ours)
      mean[j] = ours
      squares[j] = spread
      const apart = (this.#olderMean[j] ?? 0) - ours
      const sum = spread + (this.#olderSquares[j] ?? 0) + apart * apart * older * this.#count
      target[at + FEATURE_COUNT + j] = ours + apart * older
      target[at + 2 * FEATURE_COUNT + j] = Math.sqrt(Math.max(0, sum) / all)
    }
  }

  #turn(): void {
    const [mean, squares] = [this.#olderMean, this.#olderSquares]
    this.#olderCount = this.#count
    this.#olderMean = this.#mean
    this.#olderSquares = this.#squares
    this.#count = 0
    this.#mean = mean.fill(0)
    this.#squares = squares.fill(0)
  }
}

/** Sessions that are remembered; 700 bytes each. */
const MAX_SESSIONS = 200_000

export const sessionContexts = (most = MAX_SESSIONS) => new RecentMap(most, () => new SessionContext())
