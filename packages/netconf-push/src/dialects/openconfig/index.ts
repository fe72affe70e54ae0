import type { NetconfDialect } from '../dialect.js'
import { flexAlgo, loopback, prefixSid, segmentRouting } from './express.js'
import * as schema from './schema.js'

export const openconfig: NetconfDialect = {
  name: 'openconfig',
  description: 'OpenConfig models; what it generates is valid against them (yanglint), and was not tried on a device',
  modules: schema.modules,
  schema: [schema.interfaces, schema.instances],
  byKey: new Set([schema.interfaceEntry.list, schema.instance.list, schema.protocol.list, schema.isisInterface.list]),
  recognisedBy: 'openconfig-network-instance',
  express: { 'segment-routing': segmentRouting, loopback, 'prefix-sid': prefixSid, 'flex-algo': flexAlgo },
}
