import {
  type Graph,
  labelOfIndex,
  linkAt,
  nodeAt,
  nodeName,
  type PathSegment,
  type PrefixSidEntry,
} from '@segchain/path-engine'
import type { PathSegmentRecord } from '@segchain/records'

/**
 * Segments with the labels that the topology tells: a node-SID as the node that reads it knows it, an
 * adjacency-SID as its own node does. `reader` reads the first one.
 */
export function describeSegments(
  graph: Graph,
  sids: readonly PrefixSidEntry[],
  segments: readonly PathSegment[],
  reader: number,
  algorithm = 0,
): PathSegmentRecord[] {
  let at = reader
  return segments.map((segment): PathSegmentRecord => {
    const block = nodeAt(graph, at).srgb
    if (segment.kind === 'node') {
      const sid = sids.find(
        (s) => s.nodeSid && s.algorithm === algorithm && s.members.some((m) => m.node === segment.node),
      )
      const label = sid === undefined ? undefined : labelOfIndex(block, sid.index)
      at = segment.node
      return { type: 'node-sid', to: nodeName(nodeAt(graph, segment.node)), ...(label === undefined ? {} : { label }) }
    }
    const link = linkAt(graph, segment.link)
    const { to } = segment
    const label = adjacencyLabel(graph, segment.link, to)
    at = to
    return {
      type: 'adjacency-sid',
      from: nodeName(nodeAt(graph, link.from)),
      to: nodeName(nodeAt(graph, to)),
      ...(label === undefined ? {} : { label }),
    }
  })
}

/** An unprotected adjacency-SID first (its packets are dropped with the link); the smallest label. */
export function adjacencyLabel(graph: Graph, link: number, to?: number): number | undefined {
  const { record, from } = linkAt(graph, link)
  // Over a LAN there is one for each neighbour (RFC 8667 §2.2.2).
  const neighbor = to === undefined ? undefined : nodeAt(graph, to).record?.routerId
  const known = (record.adjacencySids ?? [])
    .filter((sid) => sid.neighbor === undefined || neighbor === undefined || sid.neighbor === neighbor)
    // That of a set of adjacencies (S-flag) leads over any of them.
    .filter((sid) => !sid.flags.includes('set'))
    .map((sid) => ({
      label:
        sid.label ??
        (sid.index === undefined ? undefined : labelOfIndex(nodeAt(graph, from).record?.srlb ?? [], sid.index)),
      backup: sid.flags.includes('backup') ? 1 : 0,
    }))
    .filter((sid) => sid.label !== undefined)
    .sort((a, b) => a.backup - b.backup || (a.label ?? 0) - (b.label ?? 0))
  return known[0]?.label
}

/** Where a topology tells no adjacency-SID at all (FRR over BGP-LS), all are taken to be there. */
export function adjacencyKnowledge(graph: Graph): (link: number) => boolean {
  const told = graph.links.some((link) => (link.record.adjacencySids?.length ?? 0) > 0)
  return told ? (link) => adjacencyLabel(graph, link) !== undefined : () => true
}
