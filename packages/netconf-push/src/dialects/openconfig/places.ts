import type { Content } from '../../model/data-node.js'
import { type Claim, type DataNode, interior } from '../../model/index.js'
import * as schema from './schema.js'

/** A list entry with its `config`, where the keys stand a second time. */
export function entryOf(
  { list, config }: schema.Entry,
  keys: Record<string, string>,
  leaves: Content = {},
  below: readonly DataNode[] = [],
  claim: Claim = {},
): DataNode {
  return interior(list, keys, [interior(config, { ...keys, ...leaves }), ...below], claim)
}

/** Below the network instance, which must be there. */
export function inInstance(nodes: readonly DataNode[]): DataNode {
  return interior(schema.instances, {}, [interior(schema.instance.list, { name: 'default' }, nodes, { foreign: true })])
}

/** Below the IS-IS instance, which must be there. */
export function inIsis(name: string, nodes: readonly DataNode[]): DataNode {
  const keys = { identifier: 'openconfig-policy-types:ISIS', name }
  return inInstance([
    interior(schema.protocols, {}, [
      entryOf(schema.protocol, keys, {}, [interior(schema.isis, {}, nodes)], { foreign: true }),
    ]),
  ])
}

/** Level 2: the level that the instance of a backbone has. */
export const LEVEL = '2'

export function loopbackName(number: number): string {
  return `Loopback${number}`
}
