import type { ReportRecord } from '@segchain/records'
import { FEATURE_COUNT, putFeatures } from '../model/feature-vector.js'
import type { Model } from '../model/load.js'

export interface BatcherOptions {
  /** Most reports in one run of the model. */
  readonly batch: number
  /** Reports that may wait; beyond it the oldest are dropped, and counted. */
  readonly maxWaiting: number
  /** Called in the order of the reports. */
  readonly onScore: (report: ReportRecord, score: number) => void
}

/**
 * Runs the model on what is waiting: while one batch is computed, the next one gathers. A report that comes alone
 * waits for nothing but the end of the turn of the event loop.
 */
export class Batcher {
  /** Dropped because too many were waiting. */
  dropped = 0
  readonly #model: Model
  readonly #options: BatcherOptions
  #waiting: ReportRecord[] = []
  #running: Promise<void> | undefined

  constructor(model: Model, options: BatcherOptions) {
    this.#model = model
    this.#options = options
  }

  /** For a source that cannot wait (UDP). */
  add(report: ReportRecord): void {
    this.#waiting.push(report)
    // In steps, so that a flood does not shift a long list for every report.
    if (this.#waiting.length >= this.#options.maxWaiting * 1.25) {
      const surplus = this.#waiting.length - this.#options.maxWaiting
      this.#waiting.splice(0, surplus)
      this.dropped += surplus
    }
    this.#start()
  }

  /** For a source that can: resolves when there is room again. @throws what the model throws. */
  async addWaiting(report: ReportRecord): Promise<void> {
    this.#waiting.push(report)
    this.#start()
    if (this.#waiting.length >= this.#options.batch) await this.#running
  }

  /** Resolves when nothing is waiting. @throws what the model throws. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    // The error comes out of drain and addWaiting.
    this.#running.catch(() => {})
  }

  async #run(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.batch)
      const rows = new Float32Array(batch.length * FEATURE_COUNT)
      batch.forEach((report, row) => {
        putFeatures(rows, row, report)
      })
      const scores = await this.#model.classify(rows)
      batch.forEach((report, row) => {
        this.#options.onScore(report, scores[row] ?? 0)
      })
    }
  }
}
