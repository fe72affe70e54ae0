import { abortAfter } from './abort-after.js'
import { discardAll } from './cancel-all.js'
import { msToDecide, refuseLate } from './confirm-deadline.js'
import type { TransactionContext } from './context.js'
import { groupsOf } from './groups.js'
import { Journal } from './journal.js'
import type { Member } from './member.js'
import { refuseUnfinished } from './refuse-unfinished.js'
import { withoutEffect } from './without-effect.js'

/** Journal, confirmed commit on all, read back, probe. Whether it went well shows in the members. */
export async function commitAll(context: TransactionContext): Promise<void> {
  context.journal = await beginJournal(context)
  await refuseOthers(context)
  for (const group of groupsOf(context.active)) {
    await context.each('committing', group, (member) => commitOne(context, member))
    refuseLate(context)
    if (context.mustCancel) return
  }
  await context.each('reading back', context.active, (member) => readBack(context, member))
  const inTime = context.mustCancel || (await probe(context))
  refuseLate(context, inTime ? msToDecide(context) : 0)
}

function beginJournal({ active, options, provisional }: TransactionContext): Promise<Journal> {
  return Journal.create(options.journalFolder, {
    entry: 'begin',
    id: provisional.id,
    pid: process.pid,
    time: options.now(),
    confirmTimeoutS: options.confirmTimeoutS,
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    devices: active.map(({ name, plan, target, differences }) => ({
      name,
      mode: target?.mode ?? 'plain',
      elements: plan.elements,
      ...(plan.removing === undefined ? {} : { removing: plan.removing }),
      before: differences,
      undo: target?.undo ?? '',
    })),
  })
}

/**
 * Somebody else may have begun since we looked, and a device without locks (FRR) would not tell. Each looks again when its
 * own journal is there, so that of two that begin at once none overlooks the other.
 */
async function refuseOthers(context: TransactionContext): Promise<void> {
  const { active, journal, options, provisional } = context
  const plans = active.map(({ plan }) => plan)
  try {
    await refuseUnfinished(plans, options.journalFolder, provisional.id)
  } catch (error) {
    await journal?.remove()
    await discardAll(context, context.opened)
    throw error
  }
}

async function commitOne(context: TransactionContext, member: Member): Promise<void> {
  const { journal, provisional } = context
  const { target } = member
  if (target === undefined) return
  // A timer undoes the others by itself, whoever has sent the commit.
  if (target.mode !== 'persistent') await journal?.append({ entry: 'committing', device: member.name })
  if (target.mode !== 'plain') context.armedAt ??= performance.now()
  member.committed = true
  await target.commit(provisional)
}

async function readBack({ watch, provisional }: TransactionContext, member: Member): Promise<void> {
  const { target } = member
  if (target === undefined) return
  let missing = await target.stillDifferent()
  if (missing.length > 0) {
    watch.note(
      member.name,
      'said ok to the commit and changed nothing (known of netconfd 2.13): once more, without validate',
    )
    if (await target.commitAgain(provisional)) missing = await target.stillDifferent()
  }
  member.verified = missing.length === 0
  if (missing.length > 0) throw withoutEffect(member.name, missing)
}

/** @returns false when the time to decide was over before the probe was. */
async function probe(context: TransactionContext): Promise<boolean> {
  const { active, options, watch } = context
  if (options.probe === undefined) return true
  for (const member of active) watch.phase(member.name, 'probing')
  const whileItLasts = abortAfter(msToDecide(context), options.signal)
  try {
    await options.probe(whileItLasts.signal)
  } catch (error) {
    for (const member of active) member.fail(error)
  } finally {
    whileItLasts.end()
  }
  // A timer may come a few milliseconds early by the clock that the deadline is told by.
  return options.signal.aborted || !whileItLasts.signal.aborted
}
