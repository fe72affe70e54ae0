import type { FailoverCase, FailoverRecord } from '@segchain/records'
import type { CaseNotes } from './case-notes.js'

/** A judgement of one failure, and what it stands on. */
export interface Judged {
  /** Of the failure: the same in every network that has it. */
  readonly key: string
  readonly result: FailoverCase
  readonly notes: CaseNotes
  /** Of the links that failed: their ends. */
  readonly ends: readonly string[]
}

/** By the key of the failure. */
export type Judgements = ReadonlyMap<string, Judged>

/** What single failures do to one chain. */
export interface Proof {
  readonly record: FailoverRecord
  /** In the order of the record's cases. */
  readonly judged: readonly Judged[]
  /** Cases that somebody must be told of. */
  readonly troubles: readonly FailoverCase[]
}
