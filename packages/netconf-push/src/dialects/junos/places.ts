import { type DataNode, fromLiteral, type Literal } from '../../model/index.js'
import type { Unsupported } from '../dialect.js'
import { type DeviceFacts, isIsis, ospfArea } from '../facts.js'
import * as schema from './schema.js'

/** All loopbacks of a routing instance are addresses of one interface. */
export const LOOPBACK = 'lo0.0'

/** Our export policy, with a term a prefix. */
export const POLICY = 'segchain'

export function configuration(content: Literal): DataNode {
  return fromLiteral(schema.configuration, content)
}

/** What `protocols ospf3` would need is not written down here. */
export function withoutOspfV3({ igp }: DeviceFacts): Unsupported | undefined {
  return igp.protocol === 'ospfv3' ? { unsupported: 'OSPFv3 is not in this dialect' } : undefined
}

/** Below the IGP of the default routing instance: its content in IS-IS, or in OSPF. */
export function inIgp(facts: DeviceFacts, content: { readonly isis: Literal; readonly ospf: Literal }): Literal {
  return isIsis(facts) ? { protocols: { isis: content.isis } } : { protocols: { ospf: content.ospf } }
}

export function inArea(facts: DeviceFacts, content: Literal): Literal {
  return { area: { name: ospfArea(facts), ...content } }
}
