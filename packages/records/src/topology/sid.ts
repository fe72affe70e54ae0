import Type, { type Static } from 'typebox'
import { Algorithm, Label, U8, U32 } from '../scalars.js'

/** A block of labels: an SRGB or SRLB range (RFC 8402 §3.1.2). */
export const LabelRange = Type.Object({
  first: Label,
  /** How many labels, 1 to 2^20. */
  size: Type.Integer({ minimum: 1, maximum: 0x10_0000 }),
})
export type LabelRange = Static<typeof LabelRange>

export const sidValue = {
  /** An index into the SRGB (for an adjacency: the SRLB). Either this or `label`. */
  index: Type.Optional(U32),
  /** An absolute label (flags value and local). */
  label: Type.Optional(Label),
}

/** A name for every flag; a bit without a name is `bit-N`, bit 0 the most significant. */
const Flag = Type.String({ pattern: '^[a-z0-9-]+$' })

/** RFC 9085 §2.3.1. Several on one prefix, one per algorithm. */
export const PrefixSid = Type.Object({
  algorithm: Algorithm,
  ...sidValue,
  /** readvertisement, node, no-php, explicit-null, value, local, mapping-server. */
  flags: Type.Array(Flag),
})
export type PrefixSid = Static<typeof PrefixSid>

/** RFC 9085 §2.2.1, §2.2.2 (LAN). */
export const AdjacencySid = Type.Object({
  ...sidValue,
  /** ipv6, backup, value, local, set, persistent, group. */
  flags: Type.Array(Flag),
  weight: U8,
  /** The Flex-Algo that it belongs to, where the protocol says so. */
  algorithm: Type.Optional(Algorithm),
  /** LAN adjacency-SID: the neighbour's IS-IS system-id or OSPF router-id. */
  neighbor: Type.Optional(Type.String()),
})
export type AdjacencySid = Static<typeof AdjacencySid>

/** BGP Egress Peer Engineering, RFC 9086 §5. */
export const PeerSid = Type.Object({
  type: Type.Union([Type.Literal('peer-node'), Type.Literal('peer-adjacency'), Type.Literal('peer-set')]),
  ...sidValue,
  flags: Type.Array(Flag),
  weight: U8,
})
export type PeerSid = Static<typeof PeerSid>

/** RFC 9514 §8. Lengths in bits. */
export const Srv6SidStructure = Type.Object({
  locatorBlockBits: U8,
  locatorNodeBits: U8,
  functionBits: U8,
  argumentBits: U8,
})
export type Srv6SidStructure = Static<typeof Srv6SidStructure>
