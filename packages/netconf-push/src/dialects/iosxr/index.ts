import type { NetconfDialect } from '../dialect.js'
import { byKind } from '../expressions.js'
import { adjacencySid } from './adjacency-sid.js'
import { flexAlgo } from './flex-algo.js'
import { affinityMap, isisInterface, isisProcess, isisRouter } from './isis-schema.js'
import { linkAttributes } from './link-attributes.js'
import { loopback } from './loopback.js'
import { modules } from './modules.js'
import { ospfAffinity, ospfArea, ospfInterface, ospfProcess, ospfRouter } from './ospf-schema.js'
import { prefixSid } from './prefix-sid.js'
import * as schema from './schema.js'
import { segmentRouting } from './segment-routing.js'
import { srPolicy } from './sr-policy.js'
import { tiLfa } from './ti-lfa.js'

export const iosxr: NetconfDialect = {
  name: 'iosxr',
  description: 'models of IOS XR; valid against the YANG of IOS XR 24.4.2 (yanglint), not tried on a device',
  modules,
  schema: [schema.interfaces, schema.segmentRouting, schema.performanceMeasurement, isisRouter, ospfRouter],
  byKey: new Set([
    schema.interfaceEntry,
    schema.segmentList,
    schema.policy,
    schema.measuredInterface,
    isisProcess,
    isisInterface,
    affinityMap,
    ospfProcess,
    ospfArea,
    ospfInterface,
    ospfAffinity,
  ]),
  recognisedBy: 'Cisco-IOS-XR-um-router-isis-cfg',
  express: byKind({ segmentRouting, loopback, prefixSid, adjacencySid, flexAlgo, linkAttributes, tiLfa, srPolicy }),
}
