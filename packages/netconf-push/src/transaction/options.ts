import type { TransactionRecord } from '@segchain/records'
import type { Origin } from './ledger.js'
import type { DeviceOutcome } from './report.js'
import type { TargetOptions } from './target-options.js'

export interface TransactionOptions extends TargetOptions {
  /** Let the devices validate, and discard. */
  readonly dryRun: boolean
  /** Go on without the devices that fail before anything is committed. */
  readonly keepGoing: boolean
  /** Stop after the probe: `confirm` or `cancel` decides. */
  readonly hold: boolean
  readonly concurrency: number
  readonly confirmTimeoutS: number
  readonly journalFolder: string
  readonly signal: AbortSignal
  /** Health of the network while everything is in force provisionally; throws when it is not well. */
  readonly probe?: Probe
  /** Throws for a device that is not as it was when the changes were looked at. */
  readonly review?: Review
  readonly origin?: Origin
  /** RFC 3339, for the journal. */
  readonly now: () => string
}

/** Resolves when the network is well. */
export type Probe = (signal: AbortSignal) => Promise<void>

/** @throws {SegchainError} category `stale`. */
export type Review = (device: string, differences: DeviceOutcome['differences']) => void

export interface TransactionResult {
  readonly id: string
  readonly outcomes: readonly DeviceOutcome[]
  /** Provisional, and waiting for `confirm` or `cancel`. */
  readonly held: boolean
  /** Once something was committed. */
  readonly record?: TransactionRecord
}
