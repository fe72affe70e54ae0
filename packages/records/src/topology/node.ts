import Type, { type Static } from 'typebox'
import { Hex, Id, IpAddress, U8, U16, U32 } from '../scalars.js'
import { FlexAlgoDefinition } from './flex-algo-definition.js'
import { instanceFields, spfFields } from './instance.js'
import { LabelRange } from './sid.js'
import { unknownTlvs } from './unknown-tlv.js'

/** Maximum SID Depth (RFC 8814): 1 is the base MPLS imposition, others in the IANA table. */
export const Msd = Type.Object({ type: U8, value: U8 })
export type Msd = Static<typeof Msd>

/** The node descriptor of RFC 9552 §5.2.1.4. */
export const nodeDescriptorFields = {
  /** IS-IS `0000.0000.0001`, a pseudonode `0000.0000.0001.02`; OSPF `10.0.0.1`, `10.0.0.1:10.1.2.1`. */
  routerId: Type.Optional(Type.String()),
  asn: Type.Optional(U32),
  bgpLsId: Type.Optional(U32),
  /** OSPF area, dotted. */
  areaId: Type.Optional(IpAddress),
  bgpRouterId: Type.Optional(IpAddress),
  confederationAsn: Type.Optional(U32),
}

export const NodeRecord = Type.Object({
  kind: Type.Literal('node'),
  /** Derived from the NLRI; the same for every speaker that reports the node. */
  id: Id,
  ...instanceFields,
  ...nodeDescriptorFields,
  pseudonode: Type.Optional(Type.Literal(true)),
  name: Type.Optional(Type.String()),
  /** overload, attached, external, abr, router, v6 (RFC 9552 §5.3.1.1). */
  flags: Type.Optional(Type.Array(Type.String())),
  /** IS-IS areas, `49.0001`. */
  isisAreas: Type.Optional(Type.Array(Type.String())),
  /** TE router-ids: addresses that identify the node in every area. */
  routerIds: Type.Optional(Type.Array(IpAddress)),
  multiTopologyIds: Type.Optional(Type.Array(U16)),
  srgb: Type.Optional(Type.Array(LabelRange)),
  srlb: Type.Optional(Type.Array(LabelRange)),
  /** mpls-ipv4, mpls-ipv6 (RFC 9085 §2.1.2). */
  srCapabilities: Type.Optional(Type.Array(Type.String())),
  algorithms: Type.Optional(Type.Array(U8)),
  srmsPreference: Type.Optional(U8),
  msds: Type.Optional(Type.Array(Msd)),
  flexAlgoDefinitions: Type.Optional(Type.Array(FlexAlgoDefinition)),
  sbfdDiscriminators: Type.Optional(Type.Array(U32)),
  srv6Capabilities: Type.Optional(Type.Array(Type.String())),
  ...spfFields,
  opaque: Type.Optional(Hex),
  ...unknownTlvs,
})
export type NodeRecord = Static<typeof NodeRecord>
