import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'

/** By node: 1 where a packet from this node can get to, over links of the algorithm and not through overloaded nodes. */
export function reachableFrom(topology: AlgorithmTopology, from: number): Uint8Array {
  const { graph, weights, member } = topology
  const reached = new Uint8Array(graph.nodes.length)
  if (member[from] !== 1) return reached
  reached[from] = 1
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (nodeAt(graph, node).overload && node !== from) continue
    const end = graph.offsets[node + 1] as number
    for (let link = graph.offsets[node] as number; link < end; link += 1) {
      const to = graph.targets[link] as number
      if (weights[link] === Number.POSITIVE_INFINITY || reached[to] === 1) continue
      reached[to] = 1
      open.push(to)
    }
  }
  return reached
}
