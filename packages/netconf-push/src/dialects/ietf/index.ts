import type { NetconfDialect } from '../dialect.js'
import { flexAlgo } from './flex-algo.js'
import { loopback } from './loopback.js'
import { modules } from './modules.js'
import { prefixSid } from './prefix-sid.js'
import * as schema from './schema.js'
import { segmentRouting } from './segment-routing.js'

/** The published models of the IETF, and an identity module of ours for Flex-Algo prefix-SIDs. */
export const ietf: NetconfDialect = {
  name: 'ietf',
  description: 'IETF models (RFC 9020, RFC 8343/8344, RFC 9130, RFC 9902, IS-IS Flex-Algo); tried on netconfd 2.13',
  modules,
  schema: [schema.interfaces, schema.routing],
  byKey: new Set([schema.interfaceEntry, schema.controlPlaneProtocol, schema.isisInterface]),
  recognisedBy: 'ietf-segment-routing-mpls',
  express: { 'segment-routing': segmentRouting, loopback, 'prefix-sid': prefixSid, 'flex-algo': flexAlgo },
}
