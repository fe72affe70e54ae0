import { cancelAll, discardAll } from './cancel-all.js'
import { commitAll } from './commit-all.js'
import { confirmAll } from './confirm-all.js'
import { TransactionContext } from './context.js'
import type { DevicePlan } from './device-plan.js'
import { newTransactionId } from './journal.js'
import { Member } from './member.js'
import { openMember, prepareMember } from './open-member.js'
import type { TransactionOptions, TransactionResult } from './options.js'
import { predictAll } from './predict-all.js'
import { recordOf } from './record-of.js'
import { refuseHold } from './refuse-hold.js'
import { refuseUnfinished } from './refuse-unfinished.js'
import type { Watch } from './watch.js'

/**
 * All devices or none: open → lock, read, compare → edit, validate → journal → confirmed commit →
 * read back → probe → decision → confirm, or cancel, on all. Whatever fails before the decision
 * takes everything back; after the decision it is finished, by `recover` where need be.
 *
 * @throws {SegchainError} category `stale`: another transaction is not ended on one of the devices.
 */
export async function runTransaction(
  plans: readonly DevicePlan[],
  options: TransactionOptions,
  watch: Watch,
): Promise<TransactionResult> {
  if (!options.dryRun) await refuseUnfinished(plans, options.journalFolder)
  const members = plans.map((plan) => new Member(plan))
  const provisional = { id: newTransactionId(), timeoutS: options.confirmTimeoutS }
  const context = new TransactionContext(members, provisional, options, watch)
  try {
    const held = await run(context)
    const record = recordOf(context)
    const outcomes = members.map((member) => member.outcome)
    return { id: provisional.id, outcomes, held, ...(record === undefined ? {} : { record }) }
  } finally {
    await Promise.all(members.map((member) => member.target?.close()))
  }
}

/** @returns whether it is held. */
async function run(context: TransactionContext): Promise<boolean> {
  const { members, options } = context
  await context.each('connecting', members, (member) => openMember(context, member))
  if (context.mustStop) return false
  await context.each('reading', context.opened, (member) => prepareMember(context, member))
  if (options.hold && !options.dryRun) refuseHold(context)
  if (context.mustStop) return giveUp(context)
  await context.each('validating', context.active, (member) => member.target?.stage() ?? Promise.resolve())
  if (context.mustStop) return giveUp(context)
  if (context.active.length === 0) return false
  if (options.dryRun) await predictAll(context)
  else return commitAndDecide(context)
  return false
}

async function commitAndDecide(context: TransactionContext): Promise<boolean> {
  await commitAll(context)
  if (context.mustCancel) {
    context.state = 'cancelled'
    await cancelAll(context)
    return false
  }
  if (context.options.hold) return hold(context)
  context.state = 'confirmed'
  await confirmAll(context)
  return false
}

async function giveUp(context: TransactionContext): Promise<boolean> {
  await discardAll(context, context.opened)
  return false
}

async function hold(context: TransactionContext): Promise<boolean> {
  const { active, journal, options, provisional } = context
  for (const member of active) member.status = 'held'
  context.state = 'held'
  context.heldUntil = new Date(Date.parse(options.now()) + provisional.timeoutS * 1000).toISOString()
  await journal?.append({ entry: 'held', until: context.heldUntil })
  await journal?.close()
  return true
}
