import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'

/** The record with this id is no longer there. */
export const Withdraw = Type.Object({
  kind: Type.Literal('withdraw'),
  /** The id of the record that is gone. */
  id: Id,
  /** The kind of the record that is gone. */
  of: Name,
  source: Type.Optional(Type.String()),
})
export type Withdraw = Static<typeof Withdraw>
