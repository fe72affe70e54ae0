import { SegchainError } from '@segchain/records'
import type { TransactionContext } from './context.js'

/** Of the confirm time-out, for everything up to the decision; the rest is for the confirming itself. */
const SHARE = 0.9

/** Milliseconds until the decision must have fallen: the first device to commit is the first that undoes it by itself. */
export function msToDecide({ armedAt, options }: TransactionContext): number {
  if (armedAt === undefined) return Number.POSITIVE_INFINITY
  return armedAt + options.confirmTimeoutS * 1000 * SHARE - performance.now()
}

/**
 * Marks all devices when it is too late to confirm: some of them would have undone it, and others not. Then all of them
 * shall, at once.
 */
export function refuseLate(context: TransactionContext, msLeft = msToDecide(context)): void {
  if (msLeft > 0) return
  for (const member of context.active) {
    member.fail(
      new SegchainError({
        category: 'rejected',
        code: 'CONFIRM_TOO_LATE',
        message: `the confirm time-out of ${context.options.confirmTimeoutS} s is all but over, and with it what the devices have in force`,
        hint: 'a longer --confirm-timeout, a shorter --probe-timeout, or more devices at a time with --concurrency',
      }),
    )
  }
}
