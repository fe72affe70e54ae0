import type { Graph, PrefixSidEntry } from '@segchain/path-engine'
import type { PrefixRecord } from '@segchain/records'

/**
 * The address of a node: that of its own algorithm-0 node-SID, its router-id, or its first host prefix; of IPv4, and only where a
 * node has none of these, of IPv6.
 */
export function nodeAddresses(
  graph: Graph,
  sids: readonly PrefixSidEntry[],
  prefixes: readonly PrefixRecord[],
): (node: number) => string | undefined {
  const address = new Map<number, string>()
  const set = (node: number | undefined, value: string): void => {
    if (node !== undefined && !address.has(node)) address.set(node, value)
  }
  for (const { host, mark } of [
    { host: '/32', mark: '.' },
    { host: '/128', mark: ':' },
  ]) {
    const isHost = (prefix: string): boolean => prefix.endsWith(host) && prefix.includes(mark)
    for (const sid of sids) {
      if (!sid.nodeSid || sid.algorithm !== 0 || !isHost(sid.prefix)) continue
      for (const member of sid.members) set(member.node, sid.prefix.slice(0, -host.length))
    }
    for (const node of graph.nodes) {
      const own = node.record?.routerIds?.find((id) => id.includes(mark))
      if (own !== undefined) set(node.index, own)
    }
    for (const { node, prefix } of prefixes) {
      if (isHost(prefix)) set(graph.indexOfNode.get(node), prefix.slice(0, -host.length))
    }
  }
  return (node) => address.get(node)
}
