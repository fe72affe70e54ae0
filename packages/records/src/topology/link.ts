import Type, { type Static } from 'typebox'
import { Hex, Id, IpAddress, U8, U16, U32 } from '../scalars.js'
import { instanceFields, spfFields } from './instance.js'
import { LinkAttributes, linkAttributeFields } from './link-attributes.js'
import { Msd } from './node.js'
import { AdjacencySid, PeerSid, Srv6SidStructure } from './sid.js'
import { unknownTlvs } from './unknown-tlv.js'

/** Application-specific link attributes (RFC 9294): the only ones that Flex-Algo may use (RFC 9350 §12). */
export const ApplicationSpecificAttributes = Type.Object({
  /** rsvp-te, sr-policy, lfa, flex-algo; `any` when both masks are empty (RFC 9294 §2). */
  applications: Type.Array(Type.String()),
  /** The user-defined application bit mask. */
  userDefinedApplications: Type.Optional(Hex),
  attributes: LinkAttributes,
  ...unknownTlvs,
})
export type ApplicationSpecificAttributes = Static<typeof ApplicationSpecificAttributes>

/** RFC 9514 §4. */
export const Srv6EndXSid = Type.Object({
  behavior: U16,
  flags: Type.Array(Type.String()),
  algorithm: U8,
  weight: U8,
  sid: IpAddress,
  neighbor: Type.Optional(Type.String()),
  structure: Type.Optional(Srv6SidStructure),
  ...unknownTlvs,
})
export type Srv6EndXSid = Static<typeof Srv6EndXSid>

/** RFC 9085 §2.2.3: a member of a layer-2 bundle, with attributes and adjacency-SIDs of its own. */
export const L2BundleMember = Type.Object({
  /** L2 Bundle Member Descriptor: the link local identifier of the member. */
  localLinkId: U32,
  attributes: LinkAttributes,
  adjacencySids: Type.Optional(Type.Array(AdjacencySid)),
  ...unknownTlvs,
})
export type L2BundleMember = Static<typeof L2BundleMember>

const linkFields = {
  id: Id,
  ...instanceFields,
  /** RFC 9552 §5.2.2.1; 0 when absent. */
  multiTopologyId: Type.Optional(U16),
  /** Id of the node record; the node itself may never be seen. */
  localNode: Id,
  localLinkId: Type.Optional(U32),
  remoteLinkId: Type.Optional(U32),
  localAddresses: Type.Optional(Type.Array(IpAddress)),
  remoteAddresses: Type.Optional(Type.Array(IpAddress)),
  name: Type.Optional(Type.String()),
  igpMetric: Type.Optional(U32),
  ...linkAttributeFields,
  applicationSpecific: Type.Optional(Type.Array(ApplicationSpecificAttributes)),
  adjacencySids: Type.Optional(Type.Array(AdjacencySid)),
  peerSids: Type.Optional(Type.Array(PeerSid)),
  srv6EndXSids: Type.Optional(Type.Array(Srv6EndXSid)),
  localRouterIds: Type.Optional(Type.Array(IpAddress)),
  remoteRouterIds: Type.Optional(Type.Array(IpAddress)),
  msds: Type.Optional(Type.Array(Msd)),
  /** RFC 9552 §5.3.2: the bit names of RFC 5307 §1.2. */
  protection: Type.Optional(Type.Array(Type.String())),
  /** ldp, rsvp-te. */
  mplsProtocols: Type.Optional(Type.Array(Type.String())),
  /** Inter-AS links (draft-ietf-idr-bgpls-inter-as-topology-ext). */
  remoteAsn: Type.Optional(U32),
  remoteAsbrIds: Type.Optional(Type.Array(IpAddress)),
  /** RFC 9815 §5.2.2.1: ipv4, ipv6; others `family-N`. */
  linkAddressFamily: Type.Optional(Type.String()),
  ...spfFields,
  /** RFC 8169: residence time measurement, 0 to 7. */
  rtmCapability: Type.Optional(Type.Integer({ minimum: 0, maximum: 7 })),
  /** RFC 8379: the link is about to be taken out of service. */
  gracefulShutdown: Type.Optional(Type.Literal(true)),
  l2BundleMembers: Type.Optional(Type.Array(L2BundleMember)),
  opaque: Type.Optional(Hex),
  ...unknownTlvs,
}

/** One direction of a link. */
export const LinkRecord = Type.Object({
  kind: Type.Literal('link'),
  ...linkFields,
  /** Id of the node record at the other end. */
  remoteNode: Id,
})
export type LinkRecord = Static<typeof LinkRecord>

/** A link that leaves the topology: no node at its other end is known (NLRI type 7). */
export const StubLinkRecord = Type.Object({ kind: Type.Literal('stub-link'), ...linkFields })
export type StubLinkRecord = Static<typeof StubLinkRecord>

const LinkFields = Type.Object(linkFields)
/** What links and stub links have alike. */
export type LinkFields = Static<typeof LinkFields>
