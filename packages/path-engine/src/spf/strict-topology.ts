import type { Graph } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'
import { igpTopology } from './igp-topology.js'

/** Strict SPF (algorithm 1) runs on the nodes that say so (RFC 8402 §3.1.1). */
export function strictTopology(graph: Graph): AlgorithmTopology {
  const topology = igpTopology(graph, 1)
  const member = Uint8Array.from(graph.nodes, (node) =>
    node.pseudonode || node.record?.algorithms?.includes(1) ? 1 : 0,
  )
  const weights = topology.weights.map((weight, i) => {
    const link = graph.links[i]
    return link !== undefined && member[link.from] === 1 && member[link.to] === 1 ? weight : Number.POSITIVE_INFINITY
  })
  return { ...topology, member, weights }
}
