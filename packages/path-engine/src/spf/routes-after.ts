import { type Graph, nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'
import { NodeHeap } from './heap.js'
import { nextLinks, type Routes, routesTo, type Sink } from './routes.js'
import { FEW, ShortList } from './short-list.js'

/** What is gone between two states of a network, or costs more; nothing may have come, and nothing cost less. */
export interface Gone {
  readonly links: Iterable<number>
  readonly nodes: Iterable<number>
}

/**
 * Routes after a failure, from those before it: only nodes whose every shortest path was hit are
 * computed again. Equal to `routesTo(topology, sinks)`, in a time that grows with what the failure
 * touches and not with the network (it still copies three arrays). Links of `gone` have the numbers of before.
 */
export function routesAfter(before: Routes, topology: AlgorithmTopology, sinks: readonly Sink[], gone: Gone): Routes {
  const own = new Map<number, number>()
  for (const { node, cost } of sinks) {
    if (topology.member[node] !== 1) continue
    own.set(node, Math.min(cost, own.get(node) ?? Number.POSITIVE_INFINITY))
  }
  if (areUneven(before.sinks) || areUneven(own)) return routesTo(topology, sinks)
  const hit = hitNodes(before, topology.member, own, gone)
  if (hit.length === 0) return { ...before, topology, sinks: own }
  const nextTurn = turnAfterAll(before.turn)
  if (nextTurn > LAST_TURN) return routesTo(topology, sinks)
  const distance = before.distance.slice()
  // They are one while every overloaded node is a sink; what is hit is none, or not any more.
  const isOne = before.offer === before.distance && !hit.some((node) => nodeAt(topology.graph, node).overload)
  const routes = {
    topology,
    distance,
    offer: isOne ? distance : before.offer.slice(),
    turn: before.turn.slice(),
    sinks: own,
  }
  settle(routes, hit, nextTurn)
  // A sink keeps its traffic, even where another one is nearer: as no sink any more it may offer a better way.
  const isNearer = [...before.sinks.keys()].some(
    (node) => !own.has(node) && (routes.distance[node] as number) <= (before.distance[node] as number),
  )
  return isNearer ? routesTo(topology, sinks) : routes
}

/** Far below what 32 bits hold: turns are never given back. */
const LAST_TURN = 2 ** 30

/** Later than that of every node: a route leads only to an earlier turn. */
function turnAfterAll(turn: Int32Array): number {
  let next = turn.length
  for (let node = 0; node < turn.length; node += 1) next = Math.max(next, (turn[node] as number) + 1)
  return next
}

/** Then a shortest path to one sink may lead over another, which is not what is taken apart here. */
export function areUneven(sinks: ReadonlyMap<number, number>): boolean {
  const [first, ...others] = sinks.values()
  return others.some((cost) => cost !== first)
}

/** Nodes that lost every next link, by turn. */
function hitNodes(before: Routes, member: Uint8Array, own: ReadonlyMap<number, number>, gone: Gone): number[] {
  const { graph } = before.topology
  const dead = new Set(gone.links)
  const hit = new Set<number>()
  const queue = new TurnQueue(before.turn)
  for (const node of gone.nodes) if (before.turn[node] !== -1) queue.push(node)
  for (const node of before.sinks.keys()) if (!own.has(node)) queue.push(node)
  for (const link of dead) {
    const from = graph.links[link]?.from ?? -1
    if (before.turn[from] !== -1) queue.push(from)
  }
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (own.has(node)) continue
    const isLost =
      member[node] !== 1 ||
      before.sinks.has(node) ||
      nextLinks(before, node).every((link) => dead.has(link) || hit.has(graph.targets[link] as number))
    if (!isLost) continue
    hit.add(node)
    // Only what is settled later can have led here.
    const end = graph.incomingOffsets[node + 1] as number
    for (let at = graph.incomingOffsets[node] as number; at < end; at += 1) {
      const from = graph.links[graph.incoming[at] as number]?.from ?? -1
      if ((before.turn[from] as number) > (before.turn[node] as number)) queue.push(from)
    }
  }
  return [...hit]
}

/** Dijkstra over the hit nodes alone; the others are as good as they were. */
function settle(
  { topology, distance, offer, turn }: Routes & { distance: Float64Array; offer: Float64Array; turn: Int32Array },
  hit: readonly number[],
  nextTurn: number,
): void {
  const { graph, weights, member } = topology
  const open = new Set(hit)
  for (const node of hit) {
    distance[node] = Number.POSITIVE_INFINITY
    offer[node] = Number.POSITIVE_INFINITY
    turn[node] = -1
  }
  const heap = hit.length > FEW ? new NodeHeap(distance) : new ShortList(distance)
  for (const node of hit) {
    if (member[node] !== 1) continue
    let best = Number.POSITIVE_INFINITY
    const end = graph.offsets[node + 1] as number
    for (let edge = graph.offsets[node] as number; edge < end; edge += 1) {
      const to = graph.targets[edge] as number
      if (!open.has(to)) best = Math.min(best, (weights[edge] as number) + (offer[to] as number))
    }
    if (!Number.isFinite(best)) continue
    distance[node] = best
    heap.push(node)
  }
  for (let next = nextTurn; heap.size > 0; ) {
    for (const node of popEqual(heap, distance, graph)) {
      turn[node] = next++
      open.delete(node)
      if (nodeAt(graph, node).overload) continue
      const base = distance[node] as number
      offer[node] = base
      const end = graph.incomingOffsets[node + 1] as number
      for (let at = graph.incomingOffsets[node] as number; at < end; at += 1) {
        const edge = graph.incoming[at] as number
        const from = graph.links[edge]?.from ?? -1
        const reached = base + (weights[edge] as number)
        if (!open.has(from) || member[from] !== 1 || !(reached < (distance[from] as number))) continue
        distance[from] = reached
        heap.push(from)
      }
    }
  }
}

/** All that are as far away as the nearest; LANs after the routers, which they lead to at no cost. */
function popEqual(heap: NodeHeap | ShortList, distance: Float64Array, graph: Graph): number[] {
  const nodes = [heap.pop()]
  const base = distance[nodes[0] as number] as number
  while (heap.size > 0 && distance[heap.top] === base) nodes.push(heap.pop())
  if (nodes.length === 1) return nodes
  const isLan = (node: number): boolean => nodeAt(graph, node).pseudonode
  return [...nodes.filter((node) => !isLan(node)), ...nodes.filter(isLan)]
}

/** Each node once, the earliest turn first; nodes that come later have a later turn than those popped. */
class TurnQueue {
  readonly #turn: Int32Array
  readonly #items: number[] = []
  readonly #seen = new Set<number>()

  constructor(turn: Int32Array) {
    this.#turn = turn
  }

  push(node: number): void {
    if (this.#seen.has(node)) return
    this.#seen.add(node)
    const turn = this.#turn[node] as number
    let at = this.#items.push(node) - 1
    // Descending, so that the earliest is at the end; lists are short.
    while (at > 0 && (this.#turn[this.#items[at - 1] as number] as number) < turn) {
      this.#items[at] = this.#items[at - 1] as number
      at -= 1
    }
    this.#items[at] = node
  }

  pop(): number | undefined {
    return this.#items.pop()
  }
}
