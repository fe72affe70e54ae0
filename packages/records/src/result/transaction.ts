import Type, { type Static } from 'typebox'
import { Id, Name, Timestamp } from '../scalars.js'

/** A network-wide transaction: what another host needs to confirm or to cancel one that is held. */
export const TransactionRecord = Type.Object({
  kind: Type.Literal('transaction'),
  id: Id,
  /** The persist-id on the devices (RFC 6241 §8.4.1). It opens nothing without a login on them. */
  persistId: Type.String({ pattern: '^segchain-[0-9a-f]+$' }),
  state: Type.Union([Type.Literal('held'), Type.Literal('confirmed'), Type.Literal('cancelled')]),
  /** When the devices take it back by themselves. */
  deadline: Type.Optional(Timestamp),
  devices: Type.Array(Name),
})
export type TransactionRecord = Static<typeof TransactionRecord>
