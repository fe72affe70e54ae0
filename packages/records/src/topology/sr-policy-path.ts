import Type, { type Static } from 'typebox'
import { Algorithm, Hex, Id, IpAddress, IpPrefix, Label, U8, U16, U32 } from '../scalars.js'
import { AdminGroups } from './flex-algo-definition.js'
import { instanceFields } from './instance.js'
import { Srv6SidStructure } from './sid.js'
import { unknownTlvs } from './unknown-tlv.js'

const Flags = Type.Array(Type.String())
const labelOrSid = { label: Type.Optional(Label), sid: Type.Optional(IpAddress) }
const srv6 = {
  behavior: Type.Optional(U16),
  structure: Type.Optional(Srv6SidStructure),
}

/** RFC 9857 §5.1 and §5.2. */
export const PolicyBindingSid = Type.Object({
  flags: Flags,
  ...labelOrSid,
  specifiedLabel: Type.Optional(Label),
  specifiedSid: Type.Optional(IpAddress),
  ...srv6,
  ...unknownTlvs,
})
export type PolicyBindingSid = Static<typeof PolicyBindingSid>

/** RFC 9857 §5.7.1; type 1 to 11 are A to K of RFC 9256 §4. */
export const PolicySegment = Type.Object({
  type: U8,
  flags: Flags,
  ...labelOrSid,
  algorithm: Type.Optional(Algorithm),
  localAddress: Type.Optional(IpAddress),
  localInterfaceId: Type.Optional(U32),
  remoteAddress: Type.Optional(IpAddress),
  remoteInterfaceId: Type.Optional(U32),
  ...srv6,
  ...unknownTlvs,
})
export type PolicySegment = Static<typeof PolicySegment>

/** RFC 9857 §5.6.6 and §5.7.2. */
export const PolicyMetric = Type.Object({
  type: U8,
  flags: Flags,
  margin: Type.Optional(U32),
  bound: Type.Optional(U32),
  value: Type.Optional(U32),
})
export type PolicyMetric = Static<typeof PolicyMetric>

/** RFC 9857 §5.7. */
export const PolicySegmentList = Type.Object({
  flags: Flags,
  multiTopologyId: U16,
  algorithm: Algorithm,
  weight: U32,
  segments: Type.Array(PolicySegment),
  metrics: Type.Optional(Type.Array(PolicyMetric)),
  bandwidthBytesPerSec: Type.Optional(Type.Number({ minimum: 0 })),
  segmentListId: Type.Optional(U32),
  ...unknownTlvs,
})
export type PolicySegmentList = Static<typeof PolicySegmentList>

/** A group of RFC 9857 §5.6.4 or §5.6.5: a number, or a PCEP ASSOCIATION object as bytes. */
export const PolicyGroup = Type.Object({ flags: Flags, status: Type.Optional(Flags), group: Hex })
export type PolicyGroup = Static<typeof PolicyGroup>

/** RFC 9857 §5.6. */
export const PolicyConstraints = Type.Object({
  flags: Flags,
  multiTopologyId: U16,
  algorithm: Algorithm,
  excludeAny: Type.Optional(AdminGroups),
  includeAny: Type.Optional(AdminGroups),
  includeAll: Type.Optional(AdminGroups),
  srlgs: Type.Optional(Type.Array(U32)),
  bandwidthBytesPerSec: Type.Optional(Type.Number({ minimum: 0 })),
  disjointGroup: Type.Optional(PolicyGroup),
  bidirectionalGroup: Type.Optional(PolicyGroup),
  metrics: Type.Optional(Type.Array(PolicyMetric)),
  ...unknownTlvs,
})
export type PolicyConstraints = Static<typeof PolicyConstraints>

/** A local MPLS cross-connect (draft-ietf-idr-bgp-ls-te-path §4.5). */
export const MplsCrossConnect = Type.Object({
  incomingLabel: Label,
  outgoingLabel: Label,
  interfaces: Type.Array(
    Type.Object({
      incoming: Type.Optional(Type.Literal(true)),
      localInterfaceId: U32,
      address: Type.Optional(IpAddress),
    }),
  ),
  /** The forwarding equivalence class. */
  prefixes: Type.Array(IpPrefix),
  ...unknownTlvs,
})
export type MplsCrossConnect = Static<typeof MplsCrossConnect>

/** State of an MPLS TE path (draft-ietf-idr-bgp-ls-te-path §5, TLV 1200). */
export const TePathState = Type.Object({
  /** rsvp-te, pcep, local; others `origin-N`. */
  origin: Type.String(),
  /** mpls-ipv4, mpls-ipv6; others `family-N`. */
  addressFamily: Type.String(),
  /** RSVP or PCEP objects, as they came. */
  objects: Hex,
})
export type TePathState = Static<typeof TePathState>

/** A candidate path of an SR Policy as its headend reports it (NLRI type 5, RFC 9857). */
export const SrPolicyPathRecord = Type.Object({
  kind: Type.Literal('sr-policy-path'),
  id: Id,
  ...instanceFields,
  /** Id of the node record of the headend. */
  headend: Id,
  /** RFC 9857 §4: 1 PCEP, 2 BGP, 3 configuration, 10, 20, 30 the same via a PCE. */
  protocolOrigin: Type.Optional(U8),
  endpoint: Type.Optional(IpAddress),
  color: Type.Optional(U32),
  originatorAsn: Type.Optional(U32),
  originator: Type.Optional(IpAddress),
  discriminator: Type.Optional(U32),
  /** RSVP-TE tunnels and local cross-connects come in the same NLRI (draft-ietf-idr-bgp-ls-te-path §4). */
  tunnelId: Type.Optional(U16),
  lspId: Type.Optional(U16),
  tunnelHeadEnd: Type.Optional(IpAddress),
  tunnelTailEnd: Type.Optional(IpAddress),
  crossConnect: Type.Optional(MplsCrossConnect),
  teState: Type.Optional(TePathState),
  policyName: Type.Optional(Type.String()),
  candidatePathName: Type.Optional(Type.String()),
  preference: Type.Optional(U32),
  priority: Type.Optional(U8),
  /** shutdown, active, backup, evaluated, valid, on-demand, delegated, provisioned, drop-upon-invalid … */
  state: Type.Optional(Flags),
  bindingSids: Type.Optional(Type.Array(PolicyBindingSid)),
  constraints: Type.Optional(PolicyConstraints),
  segmentLists: Type.Optional(Type.Array(PolicySegmentList)),
  ...unknownTlvs,
})
export type SrPolicyPathRecord = Static<typeof SrPolicyPathRecord>
