import { type SegchainError, toSegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import type { DevicePlan } from './device-plan.js'
import type { DeviceOutcome } from './report.js'
import type { Target } from './target.js'

/** A device in a running transaction, and how far it has come. */
export class Member {
  readonly plan: DevicePlan
  readonly #started = performance.now()
  target: Target | undefined
  differences: readonly Difference[] = []
  status: DeviceOutcome['status'] = 'skipped'
  verified: boolean | undefined
  error: SegchainError | undefined
  /** A commit was sent; it may be in force even when no answer came. */
  committed = false
  /** It could not be told the decision: `recover` has to. */
  unsettled = false

  constructor(plan: DevicePlan) {
    this.plan = plan
  }

  get name(): string {
    return this.plan.device.name
  }

  /** Takes part in what comes: open, without trouble, and something has to change. */
  get active(): boolean {
    return this.target !== undefined && this.error === undefined && this.differences.length > 0
  }

  fail(thrown: unknown): void {
    this.error ??= toSegchainError(thrown).at({ device: this.name })
    this.status = 'failed'
  }

  get outcome(): DeviceOutcome {
    return {
      device: this.name,
      status: this.status,
      differences: this.differences,
      durationMs: performance.now() - this.#started,
      ...(this.differences.length === 0 || this.target === undefined ? {} : { commitMode: this.target.mode }),
      ...(this.verified === undefined ? {} : { verified: this.verified }),
      ...(this.error === undefined ? {} : { error: this.error }),
    }
  }
}
