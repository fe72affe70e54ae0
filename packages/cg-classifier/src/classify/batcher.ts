import type { ReportRecord } from '@segchain/records'
import { FeatureWriter } from '../model/feature-writer.js'
import type { Model } from '../model/load.js'

export interface BatcherOptions {
  /** Most reports in one run of the model. */
  readonly batch: number
  /** Reports that may wait; beyond it the oldest are dropped, and counted. */
  readonly maxWaiting: number
  /** A report that has waited longer, ms, is late: dropped, and counted. No limit without it. */
  readonly maxDelayMs?: number
  /** ms, of any clock that does not go back; for `maxDelayMs`. */
  readonly clock?: () => number
  /** Called in the order of the reports. */
  readonly onScore: (report: ReportRecord, score: number) => void
  /** The model failed on so many reports; without it `addWaiting` and `drain` throw. */
  readonly onFailure?: (error: unknown, reports: number) => void
}

/**
 * Runs the model on what is waiting: while one batch is computed, the next one gathers. A report that comes alone
 * waits for nothing but the end of the turn of the event loop.
 */
export class Batcher {
  /** Dropped because too many were waiting, or for too long. */
  dropped = 0
  readonly #model: Model
  readonly #options: BatcherOptions
  readonly #writer: FeatureWriter
  #waiting: ReportRecord[] = []
  /** When each of them came. */
  #since: number[] = []
  #running: Promise<void> | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(model: Model, options: BatcherOptions) {
    this.#model = model
    this.#options = options
    this.#writer = new FeatureWriter(model.kind)
  }

  /** For a source that cannot wait (UDP). */
  add(report: ReportRecord): void {
    this.#waiting.push(report)
    this.#since.push(this.#now())
    // In steps, so that a flood does not shift a long list for every report.
    if (this.#waiting.length >= this.#options.maxWaiting * 1.25) {
      const surplus = this.#waiting.length - this.#options.maxWaiting
      this.#drop(surplus)
    }
    this.#start()
  }

  /** For a source that can: resolves when there is room again. @throws what the model throws. */
  async addWaiting(report: ReportRecord): Promise<void> {
    this.#waiting.push(report)
    this.#since.push(Number.POSITIVE_INFINITY)
    this.#start()
    if (this.#waiting.length >= this.#options.batch) await this.#running
    this.#throwFailure()
  }

  /** Resolves when nothing is waiting. @throws what the model throws. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running
    this.#throwFailure()
  }

  #now(): number {
    return this.#options.clock?.() ?? 0
  }

  #dropLate(): void {
    const { maxDelayMs } = this.#options
    if (maxDelayMs === undefined) return
    const oldest = this.#now() - maxDelayMs
    const kept = this.#since.findIndex((since) => since >= oldest)
    this.#drop(kept < 0 ? this.#since.length : kept)
  }

  #drop(count: number): void {
    if (count === 0) return
    this.#waiting.splice(0, count)
    this.#since.splice(0, count)
    this.dropped += count
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  async #run(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      this.#dropLate()
      const batch = this.#waiting.splice(0, this.#options.batch)
      this.#since.splice(0, batch.length)
      if (batch.length === 0) break
      try {
        await this.#classify(batch)
      } catch (error) {
        if (this.#options.onFailure === undefined) this.#failure ??= { error }
        else this.#options.onFailure(error, batch.length)
      }
    }
  }

  async #classify(batch: readonly ReportRecord[]): Promise<void> {
    const rows = new Float32Array(batch.length * this.#writer.width)
    batch.forEach((report, row) => {
      this.#writer.put(rows, row, report)
    })
    const scores = await this.#model.classify(rows)
    batch.forEach((report, row) => {
      this.#options.onScore(report, scores[row] ?? 0)
    })
  }
}
