import type { TransactionContext } from './context.js'

/** Removes the journal when every device is done, and leaves it to `recover` when not. */
export async function endJournal({ members, journal, watch }: TransactionContext, what: 'finish' | 'undo') {
  const open = members.filter((member) => member.committed && member.unsettled)
  if (open.length === 0) return journal?.remove()
  for (const member of open) {
    watch.note(
      member.name,
      `could not be reached to ${what} it: netconf-push recover does it; its own timer undoes what is not confirmed`,
    )
  }
  return journal?.close()
}
