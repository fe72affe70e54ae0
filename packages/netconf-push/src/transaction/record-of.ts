import type { TransactionRecord } from '@segchain/records'
import type { TransactionContext } from './context.js'

/** How a transaction stands, once something was committed. */
export function recordOf({
  state,
  heldUntil,
  provisional,
  members,
}: TransactionContext): TransactionRecord | undefined {
  if (state === undefined) return undefined
  return {
    kind: 'transaction',
    id: `transaction:${provisional.id}`,
    persistId: provisional.id,
    state,
    ...(heldUntil === undefined ? {} : { deadline: heldUntil }),
    devices: members.filter((member) => member.committed).map((member) => member.name),
  }
}
