import type { TransactionContext } from './context.js'
import { endJournal } from './end-journal.js'
import { enter } from './ledger.js'
import type { Member } from './member.js'
import { saveOrTell } from './save.js'

/** After the decision: confirm, and save what is in force as what the devices start with. */
export async function confirmAll(context: TransactionContext): Promise<void> {
  const { journal, provisional } = context
  await journal?.append({ entry: 'decision', decision: 'confirm' })
  await context.each(
    'confirming',
    context.active,
    async (member) => {
      await member.target?.confirm(provisional.id)
      if (member.target !== undefined) await saveOrTell(member.target, context.watch)
      member.status = 'applied'
      await enterMember(context, member)
      await journal?.append({ entry: 'done', device: member.name })
    },
    { settles: true },
  )
  await endJournal(context, 'finish')
}

/** What is ours is written down before the device counts as done: a crash in between does it once more. */
function enterMember({ options, provisional }: TransactionContext, { name, plan, differences }: Member): Promise<void> {
  const { removing, elements } = plan
  return enter(
    options.journalFolder,
    { transaction: provisional.id, time: options.now(), ...options.origin },
    { device: name, elements, differences, ...(removing === undefined ? {} : { removing }) },
  )
}
