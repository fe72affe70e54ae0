import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'

/**
 * Is there a link that costs nothing, other than from a LAN to a router? Ways could go round over such links at no cost, and in which
 * order nodes as far away are taken would be a matter of the whole network. What a LAN costs is paid on the way to it, so that
 * between routers as far away nothing leads for free.
 */
export function hasFreeLink({ graph, weights }: AlgorithmTopology): boolean {
  if (!weights.includes(0)) return false
  const isLan = (node: number): boolean => nodeAt(graph, node).pseudonode
  return graph.links.some(({ index, from, to }) => weights[index] === 0 && (!isLan(from) || isLan(to)))
}
