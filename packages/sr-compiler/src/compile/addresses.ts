import type { Graph, PrefixSidEntry } from '@segchain/path-engine'
import type { PrefixRecord } from '@segchain/records'

/** The IPv4 address of a node: that of its own algorithm-0 node-SID, its router-id, or its first /32. */
export function nodeAddresses(
  graph: Graph,
  sids: readonly PrefixSidEntry[],
  prefixes: readonly PrefixRecord[],
): (node: number) => string | undefined {
  const address = new Map<number, string>()
  const set = (node: number | undefined, value: string): void => {
    if (node !== undefined && !address.has(node)) address.set(node, value)
  }
  for (const sid of sids) {
    if (!sid.nodeSid || sid.algorithm !== 0 || !sid.prefix.endsWith('/32')) continue
    for (const member of sid.members) set(member.node, sid.prefix.slice(0, -'/32'.length))
  }
  for (const node of graph.nodes) {
    const own = node.record?.routerIds?.find((id) => id.includes('.'))
    if (own !== undefined) set(node.index, own)
  }
  for (const record of prefixes) {
    if (record.prefix.endsWith('/32')) set(graph.indexOfNode.get(record.node), record.prefix.slice(0, -'/32'.length))
  }
  return (node) => address.get(node)
}
