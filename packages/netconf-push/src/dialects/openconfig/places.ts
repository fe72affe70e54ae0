import type { Content } from '../../model/data-node.js'
import { type Claim, type DataNode, interior } from '../../model/index.js'
import type { Unsupported } from '../dialect.js'
import { type DeviceFacts, isIsis, isisLevel } from '../facts.js'
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

/** What an interface has in an address family of IS-IS. */
export function onInterface(
  facts: DeviceFacts,
  name: string,
  claim: Claim,
  nodes: readonly DataNode[],
  v6: boolean,
): DataNode {
  const family = v6 ? 'IPV6' : 'IPV4'
  const names = { 'afi-name': `openconfig-isis-types:${family}`, 'safi-name': 'openconfig-isis-types:UNICAST' }
  const afs = interior(schema.afiSafi, {}, [entryOf(schema.af, names, {}, [interior(schema.afSr, {}, nodes)])])
  const level = entryOf(schema.level, { 'level-number': isisLevel(facts) ?? '2' }, {}, [afs])
  return inIsis(facts.igpInstance, [
    interior(schema.isisInterfaces, {}, [
      entryOf(schema.isisInterface, { 'interface-id': name }, {}, [interior(schema.levels, {}, [level])], claim),
    ]),
  ])
}

export function onlyIsis(facts: DeviceFacts): Unsupported | undefined {
  return isIsis(facts) ? undefined : { unsupported: 'OpenConfig has segment routing in IS-IS, and not in OSPF' }
}

export function loopbackName(number: number): string {
  return `Loopback${number}`
}
