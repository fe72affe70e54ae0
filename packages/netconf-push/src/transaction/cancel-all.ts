import { toSegchainError } from '@segchain/records'
import type { TransactionContext } from './context.js'
import { endJournal } from './end-journal.js'
import type { Member } from './member.js'
import { openTarget } from './open-target.js'
import { takeBack } from './take-back.js'

/** Takes everything back on all devices, and looks whether it is back. */
export async function cancelAll(context: TransactionContext): Promise<void> {
  const { journal, members, opened } = context
  await journal?.append({ entry: 'decision', decision: 'cancel' })
  const committed = members.filter((member) => member.committed)
  await context.each(
    'rolling back',
    committed,
    async (member) => {
      await cancelOne(context, member)
      if (member.status !== 'failed') member.status = 'rolled-back'
      await journal?.append({ entry: 'done', device: member.name })
    },
    { anyway: true, settles: true },
  )
  const rest = opened.filter((member) => !member.committed)
  await discardAll(context, rest)
  for (const member of rest) await journal?.append({ entry: 'done', device: member.name })
  await endJournal(context, 'undo')
}

/** Before anything was committed: only the candidates have to be cleaned. */
export function discardAll(context: TransactionContext, members: readonly Member[]): Promise<void> {
  return context.each('discarding', members, (member) => member.target?.discard() ?? Promise.resolve(), {
    anyway: true,
  })
}

/** Over its session, or over a new one when that is gone. */
async function cancelOne(context: TransactionContext, member: Member): Promise<void> {
  const { target } = member
  if (target === undefined) return
  try {
    await cancelOver(context, member)
  } catch (error) {
    if (!isSessionTrouble(error)) throw error
    const { undo } = target
    await target.close()
    member.target = await openTarget(member.plan, context.options)
    await cancelOver(context, member, undo)
  }
}

async function cancelOver({ provisional, watch }: TransactionContext, member: Member, undo = member.target?.undo) {
  const { target } = member
  if (target === undefined) return
  const { trouble } = await takeBack(target, { id: provisional.id, undo: undo ?? '', before: member.differences })
  if (trouble === undefined) return
  watch.trouble(member.name, trouble)
  member.fail(trouble)
}

/** The session broke, or what came through it was no answer: a new one may do. */
function isSessionTrouble(thrown: unknown): boolean {
  const { category } = toSegchainError(thrown)
  return category === 'connect' || category === 'data'
}
