import { type Claim, claimed, type DataNode, fromLiteral, interior, type Literal } from '../../model/index.js'
import { announces, type Unsupported } from '../dialect.js'
import { type DeviceFacts, isIsis, ospfArea } from '../facts.js'
import * as schema from './schema.js'

/** Below `/routing/segment-routing/sr-mpls`. */
export function inSrMpls(nodes: readonly DataNode[]): DataNode {
  return interior(schema.routing, {}, [
    interior(schema.segmentRouting, {}, [interior(schema.srMplsContainer, {}, nodes)]),
  ])
}

/** The module of the IGP, and the one that adds segment routing to it. */
export function igpModules(facts: DeviceFacts): readonly [igp: string, segmentRouting: string] {
  return isIsis(facts) ? ['ietf-isis', 'ietf-isis-sr-mpls'] : ['ietf-ospf', 'ietf-ospf-sr-mpls']
}

export function missing(facts: DeviceFacts, ...modules: readonly string[]): Unsupported | undefined {
  const absent = modules.find((module) => !announces(facts, module))
  return absent === undefined ? undefined : { unsupported: `the device does not announce ${absent}` }
}

/** Below the instance of the IGP, which must be there already: only ours is added to it. */
export function inIgp(facts: DeviceFacts, content: { readonly isis: Literal; readonly ospf: Literal }): DataNode {
  const { igp, igpInstance } = facts
  const protocol = isIsis(facts)
    ? { type: 'ietf-isis:isis', name: igpInstance, isis: content.isis }
    : { type: `ietf-ospf:${igp.protocol}`, name: igpInstance, ospf: content.ospf }
  return fromLiteral(schema.routing, {
    'control-plane-protocols': { 'control-plane-protocol': claimed({ foreign: true }, protocol) },
  })
}

/** Nodes that are made already, below the instance of IS-IS. */
export function inIsis({ igpInstance }: DeviceFacts, nodes: readonly DataNode[]): DataNode {
  const keys = { type: 'ietf-isis:isis', name: igpInstance }
  return interior(schema.routing, {}, [
    interior(schema.controlPlaneProtocols, {}, [
      interior(schema.controlPlaneProtocol, keys, [interior(schema.isis, {}, nodes)], { foreign: true }),
    ]),
  ])
}

/** What an interface has in the IGP. */
export function onInterface(
  facts: DeviceFacts,
  name: string,
  claim: Claim,
  content: { readonly isis: Literal; readonly ospf: Literal },
): DataNode {
  const entry = (below: Literal) => ({ interface: claimed(claim, { name, ...below }) })
  return inIgp(facts, {
    isis: { interfaces: entry(content.isis) },
    ospf: { areas: { area: { 'area-id': ospfArea(facts), interfaces: entry(content.ospf) } } },
  })
}
