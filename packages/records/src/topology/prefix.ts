import Type, { type Static } from 'typebox'
import { Algorithm, Hex, Id, IpAddress, IpPrefix, U8, U16, U32, U64 } from '../scalars.js'
import { instanceFields, spfFields } from './instance.js'
import { PrefixSid, sidValue } from './sid.js'
import { unknownTlvs } from './unknown-tlv.js'

/** RFC 9351 §4. */
export const FlexAlgoPrefixMetric = Type.Object({
  algorithm: Type.Integer({ minimum: 128, maximum: 255 }),
  metric: U32,
  flags: Type.Optional(Type.Array(Type.String())),
})
export type FlexAlgoPrefixMetric = Static<typeof FlexAlgoPrefixMetric>

export const PrefixSidRange = Type.Object({
  /** How many consecutive prefixes (and SIDs). */
  size: U16,
  flags: Type.Array(Type.String()),
  sids: Type.Array(PrefixSid),
  ...unknownTlvs,
})
export type PrefixSidRange = Static<typeof PrefixSidRange>

/** RFC 9514 §5.1. */
export const Srv6Locator = Type.Object({
  algorithm: Algorithm,
  metric: U32,
  flags: Type.Array(Type.String()),
  ...unknownTlvs,
})
export type Srv6Locator = Static<typeof Srv6Locator>

/** TLV 1160 of early drafts of RFC 9085; paths (EROs) in it stay bytes. */
export const PrefixBindingSid = Type.Object({
  weight: U8,
  /** ipv6, mirror, scope, down, attached. */
  flags: Type.Array(Type.String()),
  ...sidValue,
  ...unknownTlvs,
})
export type PrefixBindingSid = Static<typeof PrefixBindingSid>

/** A prefix as one node advertises it. */
export const PrefixRecord = Type.Object({
  kind: Type.Literal('prefix'),
  id: Id,
  ...instanceFields,
  multiTopologyId: Type.Optional(U16),
  /** Id of the node record. */
  node: Id,
  prefix: IpPrefix,
  /** intra-area, inter-area, external-1, external-2, nssa-1, nssa-2 (RFC 9552 §5.2.3.1). */
  ospfRouteType: Type.Optional(Type.String()),
  /** draft-ietf-idr-bgp-ls-bgp-only-fabric: local, attached, external-bgp, internal-bgp, redistributed. */
  bgpRouteType: Type.Optional(Type.String()),
  metric: Type.Optional(U32),
  /** down, no-unicast, local-address, propagate-nssa (RFC 9552 §5.3.3.1). */
  igpFlags: Type.Optional(Type.Array(Type.String())),
  /** external, readvertisement, node, elc, anycast, attached … by protocol (RFC 9085 §2.3.2). */
  attributeFlags: Type.Optional(Type.Array(Type.String())),
  prefixSids: Type.Optional(Type.Array(PrefixSid)),
  sidRanges: Type.Optional(Type.Array(PrefixSidRange)),
  flexAlgoMetrics: Type.Optional(Type.Array(FlexAlgoPrefixMetric)),
  routeTags: Type.Optional(Type.Array(U32)),
  extendedRouteTags: Type.Optional(Type.Array(U64)),
  ospfForwardingAddress: Type.Optional(IpAddress),
  sourceRouterId: Type.Optional(IpAddress),
  sourceOspfRouterId: Type.Optional(IpAddress),
  routerIds: Type.Optional(Type.Array(IpAddress)),
  srv6Locator: Type.Optional(Srv6Locator),
  bindingSids: Type.Optional(Type.Array(PrefixBindingSid)),
  ...spfFields,
  opaque: Type.Optional(Hex),
  ...unknownTlvs,
})
export type PrefixRecord = Static<typeof PrefixRecord>
