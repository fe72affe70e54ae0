import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'
import { NodeHeap } from './heap.js'
import { engineOf } from './spf-engine.js'

/** Links and nodes that are not to be used: a failure, or an exclusion. */
export interface Without {
  readonly links?: ReadonlySet<number>
  readonly nodes?: ReadonlySet<number>
}

/** The shortest paths from a root. */
export interface ShortestTree {
  /** By node; Infinity without a path. */
  readonly distance: Float64Array
  /** By node: the link that a shortest path arrives by; -1 at the root and without a path. */
  readonly parent: Int32Array
}

export function distancesFrom(topology: AlgorithmTopology, root: number, without: Without = {}): Float64Array {
  return treeFrom(topology, root, without).distance
}

/** Dijkstra from one root. An overloaded node is an end, not a way. */
export function treeFrom(topology: AlgorithmTopology, root: number, without: Without = {}): ShortestTree {
  const engine = engineOf(topology)
  if (engine === undefined) return generalTree(topology, root, without)
  engine.run(root, maskOf(without.links, topology.weights.length), maskOf(without.nodes, topology.member.length))
  return { distance: engine.distance.slice(), parent: engine.parent.slice() }
}

function maskOf(set: ReadonlySet<number> | undefined, length: number): Uint8Array | undefined {
  if (set === undefined || set.size === 0) return undefined
  const mask = new Uint8Array(length)
  for (const index of set) mask[index] = 1
  return mask
}

/** For costs that are no small integers. */
export function generalTree(topology: AlgorithmTopology, root: number, without: Without): ShortestTree {
  const { graph, weights, member } = topology
  const { offsets, targets } = graph
  const distance = new Float64Array(graph.nodes.length).fill(Number.POSITIVE_INFINITY)
  const parent = new Int32Array(graph.nodes.length).fill(-1)
  if (member[root] !== 1 || without.nodes?.has(root)) return { distance, parent }
  const settled = new Uint8Array(graph.nodes.length)
  const heap = new NodeHeap(distance)
  distance[root] = 0
  heap.push(root)
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    settled[node] = 1
    if (node !== root && nodeAt(graph, node).overload) continue
    const base = distance[node] as number
    const end = offsets[node + 1] as number
    for (let edge = offsets[node] as number; edge < end; edge += 1) {
      const to = targets[edge] as number
      const reached = base + (weights[edge] as number)
      if (settled[to] === 1 || !(reached < (distance[to] as number))) continue
      if (without.links?.has(edge) || without.nodes?.has(to)) continue
      distance[to] = reached
      parent[to] = edge
      heap.push(to)
    }
  }
  return { distance, parent }
}
