import type { NetconfDialect } from '../dialect.js'
import { byKind } from '../expressions.js'
import { adjacencySid } from './adjacency-sid.js'
import { flexAlgo } from './flex-algo.js'
import { linkAttributes } from './link-attributes.js'
import { loopback } from './loopback.js'
import { prefixSid } from './prefix-sid.js'
import * as schema from './schema.js'
import { segmentRouting } from './segment-routing.js'
import { srPolicy } from './sr-policy.js'
import { tiLfa } from './ti-lfa.js'

export const openconfig: NetconfDialect = {
  name: 'openconfig',
  description: 'OpenConfig models; valid against them (yanglint), not tried on a device',
  modules: schema.modules,
  schema: [schema.interfaces, schema.instances],
  byKey: new Set([
    schema.interfaceEntry.list,
    schema.instance.list,
    schema.protocol.list,
    schema.isisInterface.list,
    schema.faInterface.list,
    schema.adminGroup.list,
    schema.srlg.list,
  ]),
  recognisedBy: 'openconfig-network-instance',
  express: byKind({ segmentRouting, loopback, prefixSid, adjacencySid, flexAlgo, linkAttributes, tiLfa, srPolicy }),
}
