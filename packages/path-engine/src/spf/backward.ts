import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'
import { NodeHeap } from './heap.js'
import { rowsBackward } from './rows.js'
import { type SearchTables, searchAgain, searchTables } from './search.js'
import { type ChosenSearch, searchOver } from './search-over.js'

/** By node: the cost to the nearest sink, and in which turn it was settled (-1 without a path). */
export interface Reached {
  readonly distance: Float64Array
  readonly turn: Int32Array
}

interface Engine {
  readonly tables: SearchTables
  readonly chosen: ChosenSearch | undefined
}

const engines = new WeakMap<AlgorithmTopology, Engine>()

/** From all nodes to the sinks; undefined where the costs do not suit a fast search, for which they must be equal. */
export function searchBackward(topology: AlgorithmTopology, sinks: ReadonlyMap<number, number>): Reached | undefined {
  const costs = [...sinks.values()]
  if (costs.some((cost) => cost !== costs[0])) return undefined
  if (!costs.every((cost) => Number.isInteger(cost) && cost >= 0)) return undefined
  const { tables, chosen } = engineFor(topology, Math.max(0, ...costs))
  if (chosen === undefined) return undefined
  searchAgain(tables, chosen.search, [...sinks.keys()], costs)
  return { distance: tables.distance.slice(), turn: tables.turn.slice() }
}

function engineFor(topology: AlgorithmTopology, largestCost: number): Engine {
  const known = engines.get(topology)
  if (known !== undefined && (known.chosen === undefined || known.chosen.largestCost >= largestCost)) return known
  // Every node must have its turn: none is passed over as a leaf.
  const rows = rowsBackward(topology)
  const tables = searchTables(topology.graph.nodes.length, { ...rows, leaf: new Uint8Array(rows.leaf.length) })
  const engine = { tables, chosen: searchOver(topology, tables, largestCost) }
  engines.set(topology, engine)
  return engine
}

/**
 * The same for any costs. A sink may be nearer to another one than it says that it is itself: what leads over it to that
 * one counts, as in the routers' own trees (its packets end there all the same). Not through an overloaded one.
 */
export function generalSearchBackward(topology: AlgorithmTopology, sinks: ReadonlyMap<number, number>): Reached {
  const { graph, weights } = topology
  const count = graph.nodes.length
  const distance = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const turn = new Int32Array(count).fill(-1)
  const heap = new NodeHeap(distance)
  for (const [node, cost] of sinks) {
    distance[node] = cost
    heap.push(node)
  }
  for (let settled = 0; heap.size > 0; ) {
    // All that are as far away, before any that a link of cost 0 brings to the same distance.
    const batch = [heap.pop()]
    const base = distance[batch[0] as number] as number
    while (heap.size > 0 && distance[heap.top] === base) batch.push(heap.pop())
    for (const node of batch) turn[node] = settled++
    for (const node of batch) {
      if (!sinks.has(node) && nodeAt(graph, node).overload) continue
      const end = graph.incomingOffsets[node + 1] as number
      for (let at = graph.incomingOffsets[node] as number; at < end; at += 1) {
        const edge = graph.incoming[at] as number
        const from = graph.links[edge]?.from ?? -1
        const reached = base + (weights[edge] as number)
        if (turn[from] !== -1 || !(reached < (distance[from] as number))) continue
        if (sinks.has(from) && nodeAt(graph, from).overload) continue
        distance[from] = reached
        heap.push(from)
      }
    }
  }
  return { distance, turn }
}
