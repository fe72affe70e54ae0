import type { NodeRecord } from '@segchain/records'
import type { Snapshot } from './snapshot.js'

/** One flooding domain: what a single SPF may span (an IS-IS level, an OSPF area). */
export interface InstanceKey {
  readonly protocol: string
  /** BGP-LS Instance-ID, a decimal string. */
  readonly instanceId: string
  /** OSPF only, dotted. */
  readonly areaId?: string
}

type Owner = Pick<NodeRecord, 'protocol' | 'instanceId' | 'areaId'>

export function instanceKeyOf(node: Owner): InstanceKey {
  const { protocol, instanceId, areaId } = node
  return { protocol, instanceId, ...(areaId === undefined || !protocol.startsWith('ospf') ? {} : { areaId }) }
}

/** `isis-l1/0`, `ospfv2/0/0.0.0.0`. */
export function formatInstanceKey(key: InstanceKey): string {
  return [key.protocol, key.instanceId, key.areaId].filter((part) => part !== undefined).join('/')
}

/** Every instance that has a node, in the order of its text form. BGP, direct and static are no IGP. */
export function igpInstancesOf(snapshot: Snapshot): readonly InstanceKey[] {
  const found = new Map<string, InstanceKey>()
  for (const node of snapshot.nodes) {
    if (!node.protocol.startsWith('isis') && !node.protocol.startsWith('ospf')) continue
    const key = instanceKeyOf(node)
    found.set(formatInstanceKey(key), key)
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key)
}
