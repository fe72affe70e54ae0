import type { PlanElement } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import type { Origin } from './ledger.js'
import type { CommitMode } from './target.js'

export interface JournalDevice {
  readonly name: string
  readonly mode: CommitMode
  readonly elements: readonly PlanElement[]
  /** As of {@link DevicePlan}. */
  readonly removing?: readonly PlanElement[]
  /** What differed from the plan before the commit, to see whether a rollback was one. */
  readonly before: readonly Difference[]
  /** Puts back what was there: serialised edits or commands, for modes without persist-id. */
  readonly undo: string
}

/** What stands in a journal, one JSON object a line, each on disk before what it announces is done. */
export type JournalEntry =
  | {
      readonly entry: 'begin'
      readonly id: string
      readonly pid: number
      readonly time: string
      readonly confirmTimeoutS: number
      readonly origin?: Origin
      readonly devices: readonly JournalDevice[]
    }
  /** A commit that no timer would undo is about to be sent. */
  | { readonly entry: 'committing'; readonly device: string }
  /** It waits for `confirm` or `cancel`, until its timers run out. */
  | { readonly entry: 'held'; readonly until: string }
  /** From here on the transaction is finished, or undone, whatever happens. */
  | { readonly entry: 'decision'; readonly decision: 'confirm' | 'cancel' }
  | { readonly entry: 'done'; readonly device: string }
