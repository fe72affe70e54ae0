import Type, { type Static } from 'typebox'
import { Hex, Id, U16 } from '../scalars.js'
import { tableFields } from './instance.js'
import { unknownTlvs } from './unknown-tlv.js'

/** An NLRI of a type that this version does not know: kept opaque (RFC 9552 §5.1). */
export const UnknownNlriRecord = Type.Object({
  kind: Type.Literal('unknown-nlri'),
  id: Id,
  type: U16,
  /** The NLRI without type and length. */
  value: Hex,
  ...tableFields,
  sources: Type.Optional(Type.Array(Type.String())),
  stale: Type.Optional(Type.Literal(true)),
  discardedAttribute: Type.Optional(Hex),
  ...unknownTlvs,
})
export type UnknownNlriRecord = Static<typeof UnknownNlriRecord>
