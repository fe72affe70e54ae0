import type { Graph } from '../graph/graph.js'
import { linkAt, nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { distancesFrom, type ShortestTree, treeFrom, type Without } from '../spf/forward.js'

/** One segment of an encoded path. */
export type PathSegment =
  /** To a node, by the shortest paths of the algorithm. */
  | { readonly kind: 'node'; readonly node: number }
  /** Over exactly this link (adjacency-SID of its near end) to this router; they differ in their ends over a LAN. */
  | { readonly kind: 'adjacency'; readonly link: number; readonly to: number }

/** Shortest paths of a topology: from each root as it is, computed once, and after failures; how many searches it took. */
export class DistanceCache {
  readonly topology: AlgorithmTopology
  readonly #from = new Map<number, Float64Array>()
  #runsAfter = 0

  constructor(topology: AlgorithmTopology) {
    this.topology = topology
  }

  from(root: number): Float64Array {
    let distance = this.#from.get(root)
    if (distance === undefined) {
      distance = distancesFrom(this.topology, root)
      this.#from.set(root, distance)
    }
    return distance
  }

  /** The shortest paths from a root after a failure. */
  after(root: number, failure: Without): ShortestTree {
    this.#runsAfter += 1
    return treeFrom(this.topology, root, failure)
  }

  /** Searches of the topology as it is: one for each root that was asked for, N at most. */
  get runs(): number {
    return this.#from.size
  }

  /** Searches after failures: TI-LFA needs one for each neighbour of a root. */
  get runsAfter(): number {
    return this.#runsAfter
  }
}

/**
 * May a node segment from position `from` to position `to` of the path stand for what is between?
 * (Positions count nodes.)
 */
export type MayCover = (from: number, to: number) => boolean

/**
 * The shortest list of segments along a path: fewest first, then the fewest adjacency segments (a
 * node segment survives a failure), by dynamic programming over the positions. `free`, where given,
 * says from which position on no segment is needed any more.
 *
 * @returns undefined when a link that must be named has no adjacency-SID.
 */
export function shortestList(
  graph: Graph,
  links: readonly number[],
  mayCover: MayCover,
  options: { readonly hasAdjacencySid?: (link: number) => boolean; readonly free?: (position: number) => boolean } = {},
): readonly PathSegment[] | undefined {
  const count = links.length
  const best: ({ readonly cost: number; readonly next: number; readonly segment?: PathSegment } | undefined)[] =
    new Array(count + 1)
  best[count] = { cost: 0, next: -1 }
  for (let from = count - 1; from >= 0; from -= 1) {
    if (options.free?.(from) === true) {
      best[from] = { cost: 0, next: count }
      continue
    }
    const start = linkAt(graph, links[from] as number)
    // A segment begins and ends at routers; a LAN in between belongs to the adjacency over it.
    if (nodeAt(graph, start.from).pseudonode) continue
    for (let to = count; to > from; to -= 1) {
      const rest = best[to]
      const node = linkAt(graph, links[to - 1] as number).to
      if (rest === undefined || nodeAt(graph, node).pseudonode) continue
      const one = to === from + 1 || (to === from + 2 && nodeAt(graph, start.to).pseudonode)
      const options_: { cost: number; segment: PathSegment }[] = []
      if (mayCover(from, to)) options_.push({ cost: rest.cost + 1024, segment: { kind: 'node', node } })
      if (one && (options.hasAdjacencySid?.(start.index) ?? true)) {
        options_.push({ cost: rest.cost + 1025, segment: { kind: 'adjacency', link: start.index, to: node } })
      }
      for (const { cost, segment } of options_) {
        if (cost < (best[from]?.cost ?? Number.POSITIVE_INFINITY)) best[from] = { cost, next: to, segment }
      }
    }
  }
  const segments: PathSegment[] = []
  for (let at = 0; at !== count; ) {
    const step = best[at]
    if (step === undefined) return undefined
    if (step.segment !== undefined) segments.push(step.segment)
    at = step.next
  }
  return segments
}

/**
 * The shortest list that forces exactly this path: a node segment covers a stretch only when that is
 * the one shortest path between its ends. Across equal-cost paths a node-SID would use all of them.
 */
export function encodePath(
  distances: DistanceCache,
  links: readonly number[],
  options: { readonly hasAdjacencySid?: (link: number) => boolean } = {},
): readonly PathSegment[] | undefined {
  const { topology } = distances
  const { graph } = topology
  const mayCover: MayCover = (from, to) => isOnlyShortestPath(distances, links.slice(from, to))
  return shortestList(graph, links, mayCover, options)
}

/** No other path, nor a parallel link, is as cheap. */
function isOnlyShortestPath(distances: DistanceCache, links: readonly number[]): boolean {
  const { topology } = distances
  const { graph, weights } = topology
  const first = links[0]
  if (first === undefined) return false
  const distance = distances.from(linkAt(graph, first).from)
  let reached = 0
  for (const index of links) {
    const { to } = linkAt(graph, index)
    reached += weights[index] as number
    if (reached !== distance[to]) return false
    // Exactly one link may lead to each node of the stretch at its distance.
    const end = graph.incomingOffsets[to + 1] as number
    let ways = 0
    for (let at = graph.incomingOffsets[to] as number; at < end; at += 1) {
      const edge = graph.incoming[at] as number
      const from = linkAt(graph, edge).from
      const transit = from === linkAt(graph, first).from || !nodeAt(graph, from).overload
      if (transit && (distance[from] as number) + (weights[edge] as number) === reached && Number.isFinite(reached))
        ways += 1
    }
    if (ways !== 1) return false
  }
  return true
}
