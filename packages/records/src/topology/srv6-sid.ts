import Type, { type Static } from 'typebox'
import { Algorithm, Id, IpAddress, U16, U32 } from '../scalars.js'
import { instanceFields } from './instance.js'
import { Srv6SidStructure } from './sid.js'
import { unknownTlvs } from './unknown-tlv.js'

/** An SRv6 SID of a node (RFC 9514 §6). */
export const Srv6SidRecord = Type.Object({
  kind: Type.Literal('srv6-sid'),
  id: Id,
  ...instanceFields,
  multiTopologyId: Type.Optional(U16),
  node: Id,
  sid: IpAddress,
  behavior: Type.Optional(U16),
  flags: Type.Optional(Type.Array(Type.String())),
  algorithm: Type.Optional(Algorithm),
  structure: Type.Optional(Srv6SidStructure),
  peerNode: Type.Optional(
    Type.Object({ flags: Type.Array(Type.String()), weight: U32, peerAsn: U32, peerBgpId: IpAddress }),
  ),
  ...unknownTlvs,
})
export type Srv6SidRecord = Static<typeof Srv6SidRecord>
