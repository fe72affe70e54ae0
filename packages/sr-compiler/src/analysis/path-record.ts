import {
  advertisedSrv6Sids,
  type ConstrainedPath,
  DistanceCache,
  encodePath,
  type Graph,
  igpTopology,
  type LabelNetwork,
  linkAt,
  nodeAt,
  nodeName,
  type PathConstraints,
  type Snapshot,
  type Srv6Sid,
  whyNoPath,
} from '@segchain/path-engine'
import type { NoPathRecord, PathRecord } from '@segchain/records'
import type { ShortestDag } from './algorithm-dag.js'
import { describeSrv6, endXKnowledge } from './describe-srv6.js'
import { labelsFor, type SegmentList } from './segment-list.js'

/** What segment lists are written in. */
export interface Sids {
  readonly network: LabelNetwork
  readonly distances: DistanceCache
  /** Instead of labels. */
  readonly srv6?: readonly Srv6Sid[]
}

export function sidsOf(network: LabelNetwork, topology: Snapshot, plane: 'mpls' | 'srv6'): Sids {
  const distances = new DistanceCache(igpTopology(network.graph))
  if (plane === 'mpls') return { network, distances }
  return { network, distances, srv6: advertisedSrv6Sids(network.graph, topology.srv6Sids) }
}

/** A path, and the shortest list of segments that packets follow it by and nothing else. */
export function pathRecord(sids: Sids, path: ConstrainedPath, rank: number, best: number | undefined): PathRecord {
  const { graph } = sids.network
  const [source = -1] = path.nodes
  const target = path.nodes.at(-1) ?? -1
  const finite = (key: 'igpMetric' | 'teMetric') => (Number.isFinite(path[key]) ? { [key]: path[key] } : {})
  return {
    ...between(graph, 'path', source, target, rank),
    nodes: path.nodes.map((node) => nameOf(graph, node)),
    links: path.links.map((index) => linkAt(graph, index).record.id),
    cost: path.cost,
    ...finite('igpMetric'),
    ...finite('teMetric'),
    ...(path.delayUs === undefined ? {} : { delayUs: path.delayUs }),
    hops: path.hops,
    ...(best === undefined ? {} : { aboveBest: path.cost - best }),
    ...(sids.srv6 === undefined
      ? withMsd(
          graph,
          source,
          labelsFor(sids.network, sids.distances, { source, target, links: new Set(path.links) }, path.links),
        )
      : overSrv6(sids.distances, sids.srv6, path.links)),
  }
}

/** All shortest paths of an algorithm, and the list that takes them all. */
export function dagRecord(
  sids: Sids,
  dag: ShortestDag,
  [source, target]: readonly [number, number],
  algorithm: number,
): PathRecord {
  const { graph } = sids.network
  const links = [...dag.links]
  return {
    ...between(graph, 'path', source, target, 0),
    nodes: dag.nodes.map((node) => nameOf(graph, node)),
    links: links.map((index) => linkAt(graph, index).record.id),
    cost: dag.cost,
    ...(dag.delayUs === undefined ? {} : { delayUs: dag.delayUs }),
    hops: dag.hops,
    algorithm,
    ...(Number.isSafeInteger(dag.paths) ? { paths: dag.paths } : {}),
    ...withMsd(graph, source, labelsFor(sids.network, sids.distances, { source, target, links: dag.links })),
  }
}

export function noPathRecord(graph: Graph, source: number, target: number, constraints: PathConstraints): NoPathRecord {
  const why = whyNoPath(graph, source, target, constraints)
  return {
    ...between(graph, 'no-path', source, target),
    disconnected: why.disconnected,
    cut: why.cut,
    relaxations: why.relaxations.map(({ changes, path }) => ({
      constraint: [...new Set(changes.map(({ constraint }) => constraint))].join(', '),
      change: changes.map((one) => (changes.length > 1 ? `${one.constraint}: ${one.change}` : one.change)).join('; '),
      cost: path.cost,
      nodes: path.nodes.map((node) => nameOf(graph, node)),
    })),
  }
}

function overSrv6(distances: DistanceCache, srv6: readonly Srv6Sid[], links: readonly number[]) {
  const { graph } = distances.topology
  const segments = encodePath(distances, links, { hasAdjacencySid: endXKnowledge(srv6) })
  if (segments !== undefined) return describeSrv6(graph, srv6, segments)
  return { segments: [], whyNoSegments: 'a link that must be named has no End.X SID' }
}

/** MSD type 1: labels that the headend can push (RFC 8491 §5). */
function withMsd(graph: Graph, headend: number, list: SegmentList) {
  const msd = nodeAt(graph, headend).record?.msds?.find(({ type }) => type === 1)?.value
  return msd === undefined ? list : { ...list, msd }
}

function between<K extends 'path' | 'no-path'>(graph: Graph, kind: K, source: number, target: number, rank?: number) {
  const [from, to] = [nameOf(graph, source), nameOf(graph, target)]
  return { kind, id: `${kind}:${from}:${to}${rank === undefined ? '' : `:${rank}`}`, from, to }
}

function nameOf(graph: Graph, node: number): string {
  return nodeName(nodeAt(graph, node))
}
