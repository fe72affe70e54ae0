import type { NetconfDialect } from '../dialect.js'
import { byKind } from '../expressions.js'
import { adjacencySid } from './adjacency-sid.js'
import { flexAlgo } from './flex-algo.js'
import { linkAttributes } from './link-attributes.js'
import { loopback } from './loopback.js'
import { aliases, modules } from './modules.js'
import { prefixSid } from './prefix-sid.js'
import * as schema from './schema.js'
import { segmentRouting } from './segment-routing.js'
import { srPolicy } from './sr-policy.js'
import { tiLfa } from './ti-lfa.js'

export const junos: NetconfDialect = {
  name: 'junos',
  description: 'the configuration of Junos; valid against the YANG of Junos 24.4R1 (yanglint), not tried on a device',
  modules,
  aliases,
  schema: [schema.configuration],
  byKey: new Set([
    schema.interfaceEntry,
    schema.unit,
    schema.policyStatement,
    schema.term,
    schema.isisInterface,
    schema.ospfArea,
    schema.ospfInterface,
    schema.mplsInterface,
    schema.adminGroup,
    schema.flexAlgorithm,
    schema.segmentList,
    schema.sourceRoutingPath,
  ]),
  recognisedBy: 'http://xml.juniper.net/netconf/junos/1.0',
  express: byKind({ segmentRouting, loopback, prefixSid, adjacencySid, flexAlgo, linkAttributes, tiLfa, srPolicy }),
}
