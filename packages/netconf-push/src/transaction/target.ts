import type { SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'

/**
 * How a device takes part in a transaction:
 * `persistent`: confirmed commit with a persist-id: anybody can confirm or cancel, a timer undoes it otherwise;
 * `session`: confirmed commit of RFC 4741: it can be confirmed, and cancelled by putting back what was there;
 * `plain`: no confirmed commit: it goes last, and is undone by putting back what was there.
 */
export type CommitMode = 'persistent' | 'session' | 'plain'

export interface Provisional {
  /** Of the transaction; the persist-id on the devices. */
  readonly id: string
  /** Seconds until the device undoes it by itself. */
  readonly timeoutS: number
}

/** One device in a transaction. The steps are called in this order, each at most once but for `commit`. */
export interface Target {
  readonly name: string
  readonly mode: CommitMode
  /** Elements that could not be said, and were to be skipped. */
  readonly refused: readonly SegchainError[]
  /** How many elements of the plan are for this device and tool. */
  readonly wanted: number
  /** Reads and compares; takes no lock. */
  stillDifferent(): Promise<readonly Difference[]>
  /** Locks, reads and compares. */
  prepare(): Promise<readonly Difference[]>
  /** Hands the changes to the device, and lets it validate them where it can. */
  stage(): Promise<void>
  /** What would still differ after a commit; undefined where the device cannot tell beforehand. */
  predict(): Promise<readonly Difference[] | undefined>
  /** Takes back what was staged. */
  discard(): Promise<void>
  commit(provisional: Provisional): Promise<void>
  /** Once more in another way, for devices whose ok was false. @returns whether there is another way. */
  commitAgain(provisional: Provisional): Promise<boolean>
  confirm(id: string): Promise<void>
  /** Takes back a confirmed commit of mode `persistent`. */
  cancel(id: string): Promise<void>
  /** Everything that is configured on the device, as it says it. */
  wholeConfig(): Promise<string>
  /** What {@link putBack} needs; complete after `prepare`. */
  readonly undo: string
  /** For the other modes: commits what was there before, for good. */
  putBack(undo: string): Promise<void>
  /** Ends the timer of a confirmed commit without persist-id that failed, and may have armed it nevertheless. */
  disarm(): Promise<void>
  /** What is in force becomes what the device starts with. */
  save(): Promise<void>
  /** Unlocks and closes; never throws. */
  close(): Promise<void>
}
