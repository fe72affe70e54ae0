import {
  compressSids,
  formatIpv6,
  type Graph,
  linkAt,
  nodeAt,
  nodeName,
  type PathSegment,
  type Srv6Sid,
} from '@segchain/path-engine'
import type { PathRecord, PathSegmentRecord } from '@segchain/records'

/** The End SID of a node, the End.X SID of a link: a micro-SID where there is one, an unprotected one first. */
function sidOf(sids: readonly Srv6Sid[], segment: PathSegment, algorithm: number): Srv6Sid | undefined {
  const fitting = sids.filter(
    (sid) =>
      sid.algorithm === algorithm &&
      (segment.kind === 'node'
        ? sid.behavior.base === 'End' && sid.node === segment.node
        : sid.behavior.base === 'End.X' && sid.link === segment.link && sid.to === segment.to),
  )
  return fitting.find((sid) => sid.behavior.csid === 'next') ?? fitting[0]
}

/** Segments with the SRv6 SIDs that the topology tells, and, where it tells all, what a headend writes. */
export function describeSrv6(
  graph: Graph,
  sids: readonly Srv6Sid[],
  segments: readonly PathSegment[],
  algorithm = 0,
): Pick<PathRecord, 'segments' | 'carriers'> {
  const found = segments.map((segment) => sidOf(sids, segment, algorithm))
  const list = found.filter((sid) => sid !== undefined)
  const carriers = list.length === found.length ? compressSids(list) : []
  return {
    segments: segments.map((segment, i): PathSegmentRecord => {
      const sid = found[i]
      const told = sid === undefined ? {} : { sid: formatIpv6(sid.sid), behavior: sid.behavior.name }
      if (segment.kind === 'node') return { type: 'node-sid', to: nodeName(nodeAt(graph, segment.node)), ...told }
      const from = nodeName(nodeAt(graph, linkAt(graph, segment.link).from))
      return { type: 'adjacency-sid', from, to: nodeName(nodeAt(graph, segment.to)), ...told }
    }),
    ...('why' in carriers || carriers.length === 0
      ? {}
      : { carriers: carriers.map((carrier) => formatIpv6(carrier.address)) }),
  }
}

/** Links with an End.X SID may be named; where the topology tells none at all, all are taken to be there. */
export function endXKnowledge(sids: readonly Srv6Sid[], algorithm = 0): (link: number) => boolean {
  const links = new Set(sids.flatMap((sid) => (sid.algorithm === algorithm ? (sid.link ?? []) : [])))
  return links.size === 0 ? () => true : (link) => links.has(link)
}
