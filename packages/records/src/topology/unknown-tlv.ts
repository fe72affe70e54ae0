import Type, { type Static } from 'typebox'
import { Hex, U16 } from '../scalars.js'

/** A TLV that this version has no decoder for: kept, so that nothing is lost. */
export const UnknownTlv = Type.Object({
  code: U16,
  value: Hex,
  /** Where it stood, when not in the BGP-LS Attribute: in the NLRI (it is part of the key there). */
  in: Type.Optional(Type.Union([Type.Literal('nlri'), Type.Literal('local-node'), Type.Literal('remote-node')])),
})
export type UnknownTlv = Static<typeof UnknownTlv>
export const unknownTlvs = { unknown: Type.Optional(Type.Array(UnknownTlv)) }
