import type { PrefixRecord, Srv6SidRecord } from '@segchain/records'
import type { Graph } from '../graph/graph.js'
import { nodeAt, nodeName } from '../graph/graph.js'
import { formatIpv6Prefix, parseIpv6, parseIpv6Prefix } from './address.js'
import { behaviorOf } from './behaviors.js'
import type { Locator, Srv6Sid } from './sid.js'

/** The locators that the nodes of a graph advertise; one of several nodes is anycast (RFC 9352 §7.1). */
export function advertisedLocators(graph: Graph, prefixes: readonly PrefixRecord[]): Locator[] {
  const found = new Map<string, Locator & { members: { node: number; cost: number }[] }>()
  for (const record of prefixes) {
    const node = graph.indexOfNode.get(record.node)
    const { srv6Locator } = record
    const prefix = srv6Locator === undefined ? undefined : parseIpv6Prefix(record.prefix)
    if (node === undefined || srv6Locator === undefined || prefix === undefined) continue
    // RFC 9352 §7.1: a locator is reached by the links of its own topology.
    if ((record.multiTopologyId ?? 0) !== graph.multiTopologyId) continue
    const { algorithm, metric: cost } = srv6Locator
    const key = `${formatIpv6Prefix(prefix)}|${algorithm}`
    const known = found.get(key)
    if (known?.members.some((member) => member.node === node)) continue
    if (known !== undefined) known.members.push({ node, cost })
    else found.set(key, { prefix, algorithm, members: [{ node, cost }], owner: nodeName(nodeAt(graph, node)) })
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, locator]) => locator)
}

/** The SIDs that nodes advertise for themselves and for their links; a behaviour that is not known is left out. */
export function advertisedSrv6Sids(graph: Graph, records: readonly Srv6SidRecord[]): Srv6Sid[] {
  const own = records.flatMap((record): Srv6Sid[] => {
    const node = graph.indexOfNode.get(record.node)
    const behavior = record.behavior === undefined ? undefined : behaviorOf(record.behavior)
    const sid = parseIpv6(record.sid)
    if (node === undefined || behavior === undefined || sid === undefined) return []
    if ((record.multiTopologyId ?? 0) !== graph.multiTopologyId) return []
    const { structure, algorithm = 0 } = record
    const owner = nodeName(nodeAt(graph, node))
    return [{ node, sid, behavior, algorithm, owner, ...(structure === undefined ? {} : { structure }) }]
  })
  const withSids = graph.links.filter(({ record }) => record.srv6EndXSids !== undefined)
  const ofLinks = withSids.flatMap(({ index, from, to, record }) =>
    (record.srv6EndXSids ?? []).flatMap((advertised): Srv6Sid[] => {
      const behavior = behaviorOf(advertised.behavior)
      const sid = parseIpv6(advertised.sid)
      const router = routerBehind(graph, to, advertised.neighbor)
      if (behavior === undefined || sid === undefined || router === undefined) return []
      const { structure, algorithm } = advertised
      const owner = `${nodeName(nodeAt(graph, from))} to ${nodeName(nodeAt(graph, router))}`
      const parts = structure === undefined ? {} : { structure }
      return [{ node: from, sid, behavior, algorithm, owner, link: index, to: router, ...parts }]
    }),
  )
  return [...own, ...ofLinks]
}

/** Over a LAN the End.X SID names its neighbour (RFC 9514 §4.2). */
function routerBehind(graph: Graph, to: number, neighbor: string | undefined): number | undefined {
  if (!nodeAt(graph, to).pseudonode) return to
  const named = graph.nodes.find((node) => neighbor !== undefined && node.record?.routerId === neighbor)
  return named?.index
}
