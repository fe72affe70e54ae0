import type { NetconfDialect } from '../dialect.js'
import { byKind } from '../expressions.js'
import { adjacencySid } from './adjacency-sid.js'
import { flexAlgo } from './flex-algo.js'
import { linkAttributes } from './link-attributes.js'
import { loopback } from './loopback.js'
import { modules } from './modules.js'
import { prefixSid } from './prefix-sid.js'
import * as schema from './schema.js'
import { segmentRouting } from './segment-routing.js'
import { srPolicy } from './sr-policy.js'
import { tiLfa } from './ti-lfa.js'

/** The published models of the IETF, and an identity module of ours for Flex-Algo prefix-SIDs. */
export const ietf: NetconfDialect = {
  name: 'ietf',
  description: 'IETF models; valid against them (yanglint), RFC 9020 and interfaces tried on netconfd 2.13',
  modules,
  schema: [schema.interfaces, schema.routing],
  byKey: new Set([
    schema.interfaceEntry,
    schema.controlPlaneProtocol,
    schema.isisInterface,
    schema.ospfArea,
    schema.ospfInterface,
  ]),
  recognisedBy: 'ietf-segment-routing-mpls',
  express: byKind({ segmentRouting, loopback, prefixSid, adjacencySid, flexAlgo, linkAttributes, tiLfa, srPolicy }),
}
