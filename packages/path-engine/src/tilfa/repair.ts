import { type Graph, linkAt, nodeAt } from '../graph/graph.js'
import { type DistanceCache, type PathSegment, shortestList } from '../segments/encode-path.js'
import { avoids, type Failure, failureOf, type Protection } from './failure.js'

/** What the router does for one destination when the failure comes. */
export interface Repair {
  readonly destination: number
  /** Node protection over a LAN: the router of it that is taken to have failed. */
  readonly neighbor?: number
  /**
   * ecmp: another equal-cost next hop is left. lfa: the first router of the post-convergence path
   * needs no help. repair: with these segments. unprotected: no way is left, or no list says it.
   */
  readonly kind: 'ecmp' | 'lfa' | 'repair' | 'unprotected'
  /** The link that the packet leaves by; absent when unprotected. */
  readonly link?: number
  /** Pushed on top of what the packet has; none for ecmp and lfa. */
  readonly segments: readonly PathSegment[]
  /** Links of the path after convergence. */
  readonly path: readonly number[]
  readonly why?: string
}

export interface RepairOptions {
  readonly hasAdjacencySid?: (link: number) => boolean
}

/**
 * TI-LFA (RFC 9855) of one link of a router: a repair for each destination that it forwards over
 * the link. The repair follows the post-convergence path; segments are followed on the tables of
 * before the failure, so a node segment may only stand for a stretch whose shortest paths all avoid
 * the failure (P-space of its start), and none is needed where the destination's own do (Q-space).
 */
export function repairsOf(
  distances: DistanceCache,
  link: number,
  protection: Protection,
  options: RepairOptions = {},
): Repair[] {
  const { graph } = distances.topology
  const { from, to } = linkAt(graph, link)
  if (protection !== 'node' || !nodeAt(graph, to).pseudonode) {
    return repairsAgainst(distances, link, failureOf(graph, link, protection), restBehind(distances, link, to), options)
  }
  return neighborsOver(graph, to, from).flatMap((neighbor) => {
    const failure = failureOf(graph, link, protection, neighbor)
    const rest = restBehind(distances, link, neighbor)
    return repairsAgainst(distances, link, failure, rest, options).map((repair) => ({ ...repair, neighbor }))
  })
}

/** The other routers of a LAN. */
function neighborsOver(graph: Graph, lan: number, root: number): number[] {
  const end = graph.offsets[lan + 1] as number
  return [...graph.targets.subarray(graph.offsets[lan] as number, end)].filter((node) => node !== root)
}

/** For each destination that the root forwards over the link, and then `rest` (by node). */
function repairsAgainst(
  distances: DistanceCache,
  link: number,
  failure: Failure,
  rest: Float64Array,
  options: RepairOptions,
): Repair[] {
  const { graph, weights } = distances.topology
  const root = linkAt(graph, link).from
  const before = distances.from(root)
  const after = distances.after(root, failure)
  const repairs: Repair[] = []
  for (const { index: destination, pseudonode } of graph.nodes) {
    if (destination === root || pseudonode || failure.nodes.has(destination)) continue
    const cost = before[destination] as number
    const overLink = (weights[link] as number) + (rest[destination] as number)
    if (!Number.isFinite(cost) || overLink !== cost) continue
    if (!Number.isFinite(after.distance[destination] as number)) {
      repairs.push({ destination, kind: 'unprotected', segments: [], path: [], why: 'the failure cuts it off' })
      continue
    }
    repairs.push(
      repairFor(distances, failure, root, destination, pathTo(graph.links, after.parent, destination), options),
    )
  }
  return repairs
}

/**
 * By node: what it costs from the router that gets the packet over a link: nothing goes on through an overloaded node,
 * and behind a link that costs nothing the way may lead back over its near end, which then does not forward over it.
 */
function restBehind(distances: DistanceCache, link: number, next: number): Float64Array {
  const { graph, weights } = distances.topology
  if (nodeAt(graph, next).overload) {
    return new Float64Array(graph.nodes.length).fill(Number.POSITIVE_INFINITY).fill(0, next, next + 1)
  }
  const { from } = linkAt(graph, link)
  return weights[link] === 0 ? distances.after(next, { nodes: new Set([from]) }).distance : distances.from(next)
}

function pathTo(links: readonly { readonly from: number }[], parent: Int32Array, destination: number): number[] {
  const path: number[] = []
  for (let link = parent[destination] as number; link >= 0; link = parent[links[link]?.from as number] as number)
    path.unshift(link)
  return path
}

function repairFor(
  distances: DistanceCache,
  failure: Failure,
  root: number,
  destination: number,
  path: readonly number[],
  options: RepairOptions,
): Repair {
  const { graph } = distances.topology
  const first = path[0] as number
  // The router picks the first link itself; over a LAN that takes two steps of the graph.
  const skip = nodeAt(graph, linkAt(graph, first).to).pseudonode ? 2 : 1
  const nodes = [root, ...path.map((index) => linkAt(graph, index).to)]
  const nodeOf = (position: number): number => nodes[position + skip] as number
  const segments = shortestList(
    graph,
    path.slice(skip),
    (from, to) => avoids(distances, failure, nodeOf(from), nodeOf(to)),
    { ...options, free: (position) => avoids(distances, failure, nodeOf(position), destination) },
  )
  const common = { destination, link: first, path }
  if (segments === undefined)
    return { ...common, kind: 'unprotected', segments: [], why: 'a link of the way has no adjacency-SID' }
  if (segments.length > 0) return { ...common, kind: 'repair', segments }
  const isEcmp =
    path.reduce((sum, index) => sum + (distances.topology.weights[index] as number), 0) ===
    distances.from(root)[destination]
  return { ...common, kind: isEcmp ? 'ecmp' : 'lfa', segments }
}

export interface Coverage {
  readonly ecmp: number
  readonly lfa: number
  readonly repair: number
  readonly unprotected: number
  /** Repairs by number of segments: `[0, 12, 3]` is twelve with one, three with two. */
  readonly bySegments: readonly number[]
}

export function coverageOf(repairs: readonly Repair[]): Coverage {
  const count = (kind: Repair['kind']): number => repairs.filter((repair) => repair.kind === kind).length
  const bySegments: number[] = []
  for (const { segments, kind } of repairs) {
    if (kind !== 'repair') continue
    while (bySegments.length <= segments.length) bySegments.push(0)
    bySegments[segments.length] = (bySegments[segments.length] ?? 0) + 1
  }
  return {
    ecmp: count('ecmp'),
    lfa: count('lfa'),
    repair: count('repair'),
    unprotected: count('unprotected'),
    bySegments,
  }
}
