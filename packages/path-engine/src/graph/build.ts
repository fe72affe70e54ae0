import type { LinkRecord, NodeRecord } from '@segchain/records'
import { validBlock } from '../mpls/label-block.js'
import { formatInstanceKey, type InstanceKey, instanceKeyOf } from '../topology/instance-key.js'
import type { Snapshot } from '../topology/snapshot.js'
import type { Graph, GraphLink, GraphNode } from './graph.js'
import { mergeLinks } from './merge-links.js'
import { withTeValues } from './te-values.js'
import { twoWayCheck } from './two-way.js'

/**
 * The graph of one flooding domain and multi-topology. Nodes are numbered in the order of their ids
 * and links in the order of (from, to, id), so that equal snapshots give equal graphs.
 */
export function buildGraph(snapshot: Snapshot, instance: InstanceKey, multiTopologyId = 0): Graph {
  const key = formatInstanceKey(instance)
  const records = snapshot.nodes.filter((node) => formatInstanceKey(instanceKeyOf(node)) === key)
  const known = new Set(records.map((node) => node.id))
  const inInstance = snapshot.links.filter((link) => belongs(link, instance, known))
  const ofTopology = inInstance.filter((link) => (link.multiTopologyId ?? 0) === multiTopologyId)
  const merged = mergeLinks(ofTopology).map(withTeValues)
  const isTwoWay = twoWayCheck(merged)
  const usable: LinkRecord[] = []
  const leftOut: { link: string; why: string }[] = []
  for (const link of merged) {
    if (link.localNode === link.remoteNode) leftOut.push({ link: link.id, why: 'both ends are the same node' })
    else if (isTwoWay(link)) usable.push(link)
    else leftOut.push({ link: link.id, why: 'the other end reports no link back (two-way check)' })
  }
  const nodes = numberNodes(records, usable)
  const indexOfNode = new Map(nodes.map((node) => [node.id, node.index]))
  const links = numberLinks(usable, indexOfNode)
  return { instance, multiTopologyId, nodes, links, indexOfNode, leftOut, ...rowsOf(nodes.length, links) }
}

/** Links name their nodes; the area of an OSPF link is that of its nodes. */
function belongs(link: LinkRecord, instance: InstanceKey, nodes: ReadonlySet<string>): boolean {
  if (link.protocol !== instance.protocol || link.instanceId !== instance.instanceId) return false
  return instance.areaId === undefined || nodes.has(link.localNode) || nodes.has(link.remoteNode)
}

function numberNodes(records: readonly NodeRecord[], links: readonly LinkRecord[]): GraphNode[] {
  const byId = new Map<string, NodeRecord | undefined>(records.map((node) => [node.id, node]))
  for (const link of links) {
    for (const id of [link.localNode, link.remoteNode]) if (!byId.has(id)) byId.set(id, undefined)
  }
  const hasRouterBits = records.some((record) => record.protocol === 'ospfv3' && record.flags?.includes('router'))
  return [...byId]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, record], index) => ({
      index,
      id,
      ...(record === undefined ? {} : { record }),
      pseudonode: record?.pseudonode === true,
      overload: record !== undefined && isNoTransit(record, hasRouterBits),
      srgb: validBlock(record?.srgb ?? []),
    }))
}

/**
 * Overload of a router (that of a pseudonode is ignored, ISO 10589 §7.2.8.1), or in OSPFv3 a cleared R-bit (RFC 5340
 * §A.2), which counts as soon as somebody sets his: not every exporter tells of it.
 */
function isNoTransit({ pseudonode, flags, protocol }: NodeRecord, hasRouterBits: boolean): boolean {
  if (pseudonode === true) return false
  if (protocol === 'ospfv3' && hasRouterBits && flags?.includes('router') === false) return true
  return flags?.includes('overload') ?? false
}

function numberLinks(records: readonly LinkRecord[], indexOf: ReadonlyMap<string, number>): GraphLink[] {
  return records
    .map((record) => ({ record, from: indexOf.get(record.localNode) ?? -1, to: indexOf.get(record.remoteNode) ?? -1 }))
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.record.id < b.record.id ? -1 : 1))
    .map((link, index) => ({ index, ...link }))
}

/** The four arrays of the compressed rows, of links that are sorted by `from`. */
export function rowsOf(
  nodeCount: number,
  links: readonly { readonly from: number; readonly to: number }[],
): Pick<Graph, 'offsets' | 'targets' | 'incomingOffsets' | 'incoming'> {
  const offsets = new Int32Array(nodeCount + 1)
  const incomingOffsets = new Int32Array(nodeCount + 1)
  const targets = new Int32Array(links.length)
  const incoming = new Int32Array(links.length)
  links.forEach(({ from, to }, index) => {
    offsets[from + 1] = (offsets[from + 1] ?? 0) + 1
    incomingOffsets[to + 1] = (incomingOffsets[to + 1] ?? 0) + 1
    targets[index] = to
  })
  for (let n = 0; n < nodeCount; n += 1) {
    offsets[n + 1] = (offsets[n + 1] ?? 0) + (offsets[n] ?? 0)
    incomingOffsets[n + 1] = (incomingOffsets[n + 1] ?? 0) + (incomingOffsets[n] ?? 0)
  }
  const next = incomingOffsets.slice()
  links.forEach(({ to }, index) => {
    const at = next[to] ?? 0
    incoming[at] = index
    next[to] = at + 1
  })
  return { offsets, targets, incomingOffsets, incoming }
}
