import type { SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import { rollbackTrouble } from './rollback-trouble.js'
import { settleCancel } from './settle.js'
import type { Target } from './target.js'

/** What there is to know of a transaction on one device to take it back. */
export interface ToTakeBack {
  readonly id: string
  readonly undo: string
  /** What differed from the plan before the commit. */
  readonly before: readonly Difference[]
}

export interface TakenBack {
  /** Something was pending there, as far as the device tells. */
  readonly wasPending: boolean
  /** What differs from the plan now. */
  readonly now: readonly Difference[]
  readonly trouble?: SegchainError
}

/**
 * Undoes a transaction on one device, and looks whether it is undone. netconfd 2.13 answers ok to
 * cancel-commit while running is locked, and leaves everything in force: what was there is then put back
 * by an edit.
 */
export async function takeBack(target: Target, { id, undo, before }: ToTakeBack): Promise<TakenBack> {
  const wasPending = await settleCancel(target, id, undo)
  let now = await target.stillDifferent()
  if (wasPending && target.mode === 'persistent' && now.length === 0 && before.length > 0) {
    await target.putBack(undo)
    now = await target.stillDifferent()
  }
  const trouble = rollbackTrouble(target.name, before, now)
  return { wasPending, now, ...(trouble === undefined ? {} : { trouble }) }
}
