import {
  type DagSegment,
  type DistanceCache,
  encodeDag,
  encodePath,
  type Graph,
  type IntendedDag,
  type LabelNetwork,
  nodeAt,
  nodeName,
  type PrefixSidEntry,
  sinksReachedFrom,
} from '@segchain/path-engine'
import type { PathSegmentRecord } from '@segchain/records'
import { adjacencyKnowledge, describeSegments } from './describe-segments.js'

/** A list of segments, or why there is none. */
export type SegmentList =
  | { readonly segments: PathSegmentRecord[] }
  | { readonly segments: PathSegmentRecord[]; readonly whyNoSegments: string }

/** The shortest list of labels that sends packets over exactly these links, a reason for each; of one `path` or of a DAG. */
export function labelsFor(
  network: LabelNetwork,
  distances: DistanceCache,
  dag: IntendedDag,
  path?: readonly number[],
): SegmentList {
  const list = encodeDag(network, dag)
  if (list !== undefined) return { segments: describeDag(network, list, dag.source) }
  const { graph } = network
  // A topology may tell no SIDs (no adjacency-SIDs in FRR's BGP-LS): then the list says what would have to have one.
  const assumed =
    path === undefined || graph.joined !== undefined
      ? undefined
      : encodePath(distances, path, { hasAdjacencySid: adjacencyKnowledge(graph) })
  if (assumed !== undefined) {
    const segments = describeSegments(graph, network.sids, assumed, dag.source)
    if (segments.some(({ label }) => label === undefined)) return { segments }
  }
  return {
    segments: [],
    whyNoSegments:
      'no list of the SIDs that the topology tells takes exactly these links: some of them have no adjacency-SID',
  }
}

/** The list as records, with what each segment does on the way. */
function describeDag(network: LabelNetwork, list: readonly DagSegment[], source: number): PathSegmentRecord[] {
  const { graph } = network
  let from: readonly number[] = [source]
  return list.map((segment): PathSegmentRecord => {
    const here = namesOf(graph, from)
    if (segment.kind === 'adjacency') {
      const to = nodeName(nodeAt(graph, segment.to))
      from = [segment.to]
      const reason = `exactly the link from ${here} to ${to}, which no shortest path is alone`
      return { type: 'adjacency-sid', from: here, to, label: segment.label, reason }
    }
    const { sid, label } = segment
    const routes = network.routes(sid)
    const ends = routes === undefined ? [] : from.flatMap((node) => endsFrom(network, sid, node))
    from = [...new Set(ends)].sort((a, b) => a - b)
    const to = namesOf(graph, from)
    const of = sid.algorithm === 0 ? '' : ` of algorithm ${sid.algorithm}`
    const isAnycast = sid.members.length > 1
    return {
      type: isAnycast ? 'anycast-sid' : 'node-sid',
      to,
      label,
      ...(sid.algorithm === 0 ? {} : { algorithm: sid.algorithm }),
      ...(isAnycast ? { members: sid.members.map(({ node }) => nodeName(nodeAt(graph, node))) } : {}),
      reason: isAnycast
        ? `the shortest paths${of} from ${here} to the nearest of ${sid.prefix}, ${to}, take links of the way only`
        : `the shortest paths${of} from ${here} to ${to} take links of the way only`,
    }
  })
}

function endsFrom(network: LabelNetwork, sid: PrefixSidEntry, node: number): readonly number[] {
  const routes = network.routes(sid)
  if (routes === undefined) return []
  return routes.sinks.has(node) ? [node] : sinksReachedFrom(routes, node)
}

function namesOf(graph: Graph, nodes: readonly number[]): string {
  return nodes.map((node) => nodeName(nodeAt(graph, node))).join(' and ')
}
