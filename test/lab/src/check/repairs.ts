import {
  DistanceCache,
  failureOf,
  type Graph,
  linkAt,
  nodeAt,
  nodeName,
  type PathSegment,
  type Repair,
  repairsOf,
  treeFrom,
} from '@segchain/path-engine'
import { interfaceOf, predictedNetwork } from '../network.js'
import type { BackupRoute } from '../read/backup-routes.js'
import type { Recording } from '../recording.js'
import { segmentsOfLabels } from './segments-of-labels.js'
import { listsAlong, pathsOfSegments } from './walk.js'

/** One repair: FRR's beside ours. */
export interface RepairComparison {
  readonly root: string
  readonly destination: string
  readonly algorithm: number
  /** `l4 node r5, adjacency r5-r6`. */
  readonly frr: string
  readonly ours: string
  /** One post-convergence path, and one list of the fewest segments that keeps to it. */
  readonly forced: boolean
  /** Every branch of FRR's list ends at the destination, off the failure, at the post-convergence cost. */
  readonly frrWalks: boolean
}

/** Every TI-LFA backup of FRR for a node-SID against the repair that we predict for the same failure. */
export function compareRepairs(recording: Recording): RepairComparison[] {
  const network = predictedNetwork(recording)
  const { graph } = recording
  const caches = new Map<number, DistanceCache>()
  return [...recording.backups].flatMap(([name, routes]) => {
    const root = graph.nodes.find((node) => node.record?.name === name)?.index ?? -1
    return routes.flatMap((route) => {
      const sid = network.sids.find((one) => one.prefix === route.prefix && one.algorithm === route.algorithm)
      const topology = sid === undefined ? undefined : network.topology(sid.algorithm)
      const destination = sid?.members[0]?.node
      if (sid === undefined || topology === undefined || destination === undefined) return []
      const cache = caches.get(sid.algorithm) ?? new DistanceCache(topology)
      caches.set(sid.algorithm, cache)
      const link = onlyLink(cache, root, destination)
      if (link === undefined) return []
      const repair = repairsOf(cache, link, 'link').find((one) => one.destination === destination)
      if (repair === undefined) return []
      return [comparisonOf({ recording, cache, root, link, destination, route, repair, network })]
    })
  })
}

interface Case {
  readonly recording: Recording
  readonly cache: DistanceCache
  readonly network: ReturnType<typeof predictedNetwork>
  readonly root: number
  readonly link: number
  readonly destination: number
  readonly route: BackupRoute
  readonly repair: Repair
}

function comparisonOf({ recording, cache, network, root, link, destination, route, repair }: Case): RepairComparison {
  const { graph } = recording
  const { algorithm } = cache.topology
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const failure = failureOf(graph, link, 'link')
  const first = outgoing(graph, root, route.interface)
  const neighbor = graph.targets[first] as number
  const segments = segmentsOfLabels(network, neighbor, route.labels, algorithm).filter(
    // The destination's own label, and a node-SID of the neighbour that has the packet already.
    (segment, i, all) =>
      !(
        segment.kind === 'node' &&
        ((i === 0 && segment.node === neighbor) || (i === all.length - 1 && segment.node === destination))
      ),
  )
  const cost = treeFrom(cache.topology, root, failure).distance[destination] as number
  const walk = pathsOfSegments(cache.topology, first, [...segments, { kind: 'node', node: destination }])
  const frrWalks =
    walk?.every(
      (path) =>
        path.every((index) => !failure.links.has(index)) &&
        path.reduce((sum, index) => sum + (cache.topology.weights[index] as number), 0) === cost,
    ) ?? false
  const lists = listsAlong(cache.topology, root, destination, failure.links)
  return {
    root: name(root),
    destination: name(destination),
    algorithm,
    frr: text(graph, first, segments),
    ours: repair.link === undefined ? repair.kind : text(graph, repair.link, repair.segments),
    forced: lists === 1,
    frrWalks,
  }
}

function outgoing(graph: Graph, root: number, device: string): number {
  const end = graph.offsets[root + 1] as number
  for (let link = graph.offsets[root] as number; link < end; link += 1)
    if (interfaceOf(graph, link) === device) return link
  throw new Error(`${nodeName(nodeAt(graph, root))} has no interface ${device}`)
}

/** The link that a router forwards over, when it is one. */
function onlyLink(cache: DistanceCache, root: number, destination: number): number | undefined {
  const { graph, weights } = cache.topology
  const cost = cache.from(root)[destination]
  const links: number[] = []
  const end = graph.offsets[root + 1] as number
  for (let link = graph.offsets[root] as number; link < end; link += 1) {
    const rest = cache.from(graph.targets[link] as number)[destination] as number
    if (Number.isFinite(rest) && (weights[link] as number) + rest === cost) links.push(link)
  }
  return links.length === 1 ? links[0] : undefined
}

function text(graph: Graph, first: number, segments: readonly PathSegment[]): string {
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const parts = segments.map((segment) =>
    segment.kind === 'node'
      ? `node ${name(segment.node)}`
      : `adjacency ${name(linkAt(graph, segment.link).from)}-${name(segment.to)}`,
  )
  return [interfaceOf(graph, first), ...parts].join(' ')
}
