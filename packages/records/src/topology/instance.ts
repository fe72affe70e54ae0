import Type, { type Static } from 'typebox'
import { Hex, U8, U64 } from '../scalars.js'

/** Protocol-ID of BGP-LS (RFC 9552 §5.2 table 2; 7 RFC 9086, 9 RFC 9857). Unassigned: `protocol-N`. */
export const Protocol = Type.Union([
  Type.Literal('isis-l1'),
  Type.Literal('isis-l2'),
  Type.Literal('ospfv2'),
  Type.Literal('ospfv3'),
  Type.Literal('direct'),
  Type.Literal('static'),
  Type.Literal('bgp'),
  Type.Literal('rsvp-te'),
  Type.Literal('segment-routing'),
  Type.String({ pattern: '^protocol-[0-9]{1,3}$' }),
])
export type Protocol = Static<typeof Protocol>

/** Which table of BGP-LS it is from; neither field: SAFI 71. They are part of the id, too. */
export const tableFields = {
  /** BGP-LS-VPN (SAFI 72): `0:65000:1`, `1:10.0.0.1:1`, `2:4200000000:1` (type first, RFC 4364 §4.2). */
  routeDistinguisher: Type.Optional(Type.String()),
  /** BGP-LS-SPF (SAFI 80, RFC 9815 §5.1). */
  spf: Type.Optional(Type.Literal(true)),
}

/** What BGP-LS-SPF says of every object (RFC 9815 §5.2.4 and the SPF Status TLVs). */
export const spfFields = {
  spfSequenceNumber: Type.Optional(U64),
  /** 1 unreachable; of a node also 2: no transit. Absent: up. */
  spfStatus: Type.Optional(U8),
}

/** What every topology record begins with: which IGP instance says it (RFC 9552 §5.2). */
export const instanceFields = {
  protocol: Protocol,
  /** The BGP-LS Instance-ID ("Identifier" on the wire). */
  instanceId: U64,
  ...tableFields,
  /** The speakers that reported it, by address; sorted. */
  sources: Type.Optional(Type.Array(Type.String())),
  /** No speaker has confirmed it since its session went down (RFC 4724 §4.2). */
  stale: Type.Optional(Type.Literal(true)),
  /**
   * The BGP-LS Attribute as it came, when it was malformed and had to be discarded (RFC 9552 §8.2.2):
   * the object is there, what is said about it cannot be read.
   */
  discardedAttribute: Type.Optional(Hex),
}
