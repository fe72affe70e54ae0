import { type DataNode, interior } from '../../model/index.js'
import * as schema from './schema.js'

/** Below `/routing/segment-routing/sr-mpls`. */
export function inSrMpls(nodes: readonly DataNode[]): DataNode {
  return interior(schema.routing, {}, [
    interior(schema.segmentRouting, {}, [interior(schema.srMplsContainer, {}, nodes)]),
  ])
}

/** Below the IS-IS instance, which must be there already: only ours is added to it. */
export function inIsis(instance: string, nodes: readonly DataNode[]): DataNode {
  const keys = { type: 'ietf-isis:isis', name: instance }
  return interior(schema.routing, {}, [
    interior(schema.controlPlaneProtocols, {}, [
      interior(schema.controlPlaneProtocol, keys, [interior(schema.isis, {}, nodes)], { foreign: true }),
    ]),
  ])
}
