import type { LinkFields } from '@segchain/records'
import { appended } from '../lists.js'
import { misplacedTlv, msdTlv } from '../msd.js'
import { opaqueTlv } from '../opaque.js'
import { routerIdTlv } from '../router-ids.js'
import { spfTlvs } from '../spf.js'
import { endXSid, isisLanEndXSid, ospfLanEndXSid } from '../srv6/end-x-sids.js'
import { registry } from '../tlv.js'
import { adjacencySid, lanAdjacencySid } from './adjacency-sids.js'
import { applicationSpecific } from './application-specific.js'
import { linkAttributeCodecs } from './link-attributes.js'
import { igpMetric, linkIdentifiers, linkName, mplsProtocols, protectionType } from './link-properties.js'
import { gracefulShutdown, l2BundleMember, rtmCapability } from './link-states.js'
import { peerAdjacencySid, peerNodeSid, peerSetSid } from './peer-sids.js'

const msds = msdTlv<LinkFields>(267)
const addLocal = (into: LinkFields, id: string) => {
  into.localRouterIds = appended(into.localRouterIds, id)
}
const addRemote = (into: LinkFields, id: string) => {
  into.remoteRouterIds = appended(into.remoteRouterIds, id)
}

/** What the BGP-LS Attribute may say about a link. */
export const linkTlvs = registry<LinkFields>(
  ...linkAttributeCodecs,
  linkIdentifiers,
  msds,
  routerIdTlv(1028, 4, (from) => from.localRouterIds, addLocal),
  routerIdTlv(1029, 16, (from) => from.localRouterIds, addLocal),
  routerIdTlv(1030, 4, (from) => from.remoteRouterIds, addRemote),
  routerIdTlv(1031, 16, (from) => from.remoteRouterIds, addRemote),
  protectionType,
  mplsProtocols,
  igpMetric,
  opaqueTlv(1097),
  linkName,
  adjacencySid,
  lanAdjacencySid,
  peerNodeSid,
  peerAdjacencySid,
  peerSetSid,
  endXSid,
  isisLanEndXSid,
  ospfLanEndXSid,
  applicationSpecific,
  rtmCapability,
  gracefulShutdown,
  l2BundleMember,
  ...spfTlvs<LinkFields>(),
  misplacedTlv(1110, msds, 'early draft of RFC 8814'),
  misplacedTlv(1104, msds, "FRR's constant"),
)
