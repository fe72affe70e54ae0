import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'
import { generalSearchBackward, searchBackward } from './backward.js'

/** A node that a prefix is attached to, and at what cost (the metric that it advertises with it). */
export interface Sink {
  readonly node: number
  readonly cost: number
}

/** How every node of a topology reaches one prefix, over one or several advertisers of it. */
export interface Routes {
  readonly topology: AlgorithmTopology
  /** By node: cost to the nearest sink, that sink's own cost included; Infinity without a path. */
  readonly distance: Float64Array
  /** By node: what it costs to hand a packet to it; Infinity where it forwards nothing. */
  readonly offer: Float64Array
  /** By node: in which turn it was settled; paths only ever lead to an earlier turn. */
  readonly turn: Int32Array
  readonly sinks: ReadonlyMap<number, number>
}

/**
 * Shortest paths from all nodes to the sinks, by Dijkstra backwards. An overloaded node is reached but never passed
 * through, and a node outside the algorithm neither forwards nor receives. Each sink keeps the traffic it gets (the
 * prefix is its own); where their costs differ, a shortest path to one may lead over another, and ends there.
 */
export function routesTo(topology: AlgorithmTopology, sinks: readonly Sink[]): Routes {
  const own = new Map<number, number>()
  for (const { node, cost } of sinks) {
    if (topology.member[node] === 1) own.set(node, Math.min(cost, own.get(node) ?? Number.POSITIVE_INFINITY))
  }
  const { distance, turn } = searchBackward(topology, own) ?? generalSearchBackward(topology, own)
  return { topology, distance, offer: offersOf(topology, distance, own), turn, sinks: own }
}

/** What a node asks for a packet: its distance, but nothing goes through an overloaded one. */
function offersOf(
  { graph }: AlgorithmTopology,
  distance: Float64Array,
  own: ReadonlyMap<number, number>,
): Float64Array {
  const overloaded = graph.nodes.filter((node) => node.overload && !own.has(node.index))
  if (overloaded.length === 0) return distance
  const offer = distance.slice()
  for (const { index } of overloaded) offer[index] = Number.POSITIVE_INFINITY
  return offer
}

/** The links over which a node forwards: every equal-cost one. Empty at a sink and without a path. */
export function nextLinks(routes: Routes, node: number): number[] {
  if (routes.sinks.has(node)) return []
  const { graph, weights } = routes.topology
  const distance = routes.distance[node] as number
  if (!Number.isFinite(distance)) return []
  const links: number[] = []
  const end = graph.offsets[node + 1] as number
  for (let edge = graph.offsets[node] as number; edge < end; edge += 1) {
    const to = graph.targets[edge] as number
    const earlier = (routes.turn[to] as number) < (routes.turn[node] as number)
    if (earlier && (weights[edge] as number) + (routes.offer[to] as number) === distance) links.push(edge)
  }
  return links
}

/** A router that gets the packet next, and the link by which it leaves (a LAN is passed over). */
export interface NextHop {
  readonly link: number
  readonly node: number
}

export function nextHops(routes: Routes, node: number): NextHop[] {
  const { graph } = routes.topology
  return nextLinks(routes, node).flatMap((link) => {
    const to = graph.targets[link] as number
    return nodeAt(graph, to).pseudonode
      ? nextLinks(routes, to).map((onward) => ({ link, node: graph.targets[onward] as number }))
      : [{ link, node: to }]
  })
}

/**
 * What the links from a node to where its packets end cost: the distance without what the prefix is advertised with there. Of
 * several ends the nearest; 0 at a sink, Infinity without a path.
 */
export function costOfLinks({ sinks, distance }: Routes, from: number, ...ends: readonly number[]): number {
  if (sinks.has(from)) return 0
  const own = ends.filter((end) => sinks.has(end)).map((end) => distance[end] as number)
  return (distance[from] as number) - (own.length === 0 ? 0 : Math.max(...own))
}

/** Nodes where packets from `from` may end, over every branch; ascending. */
export function sinksReachedFrom(routes: Routes, from: number): number[] {
  const seen = new Set([from])
  const ends = new Set<number>()
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (routes.sinks.has(node)) ends.add(node)
    for (const link of nextLinks(routes, node)) {
      const to = routes.topology.graph.targets[link] as number
      if (!seen.has(to)) {
        seen.add(to)
        open.push(to)
      }
    }
  }
  return [...ends].sort((a, b) => a - b)
}
