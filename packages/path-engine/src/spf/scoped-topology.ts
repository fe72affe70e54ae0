import type { AlgorithmTopology } from './algorithm-topology.js'

/** Of joined instances, what routers of one of them compute: the links of the others are not there. */
export function scopedTopology(topology: AlgorithmTopology, scope: number): AlgorithmTopology {
  const ofLink = topology.graph.joined?.ofLink
  if (ofLink === undefined) return topology
  const weights = topology.weights.map((weight, link) => (ofLink[link] === scope ? weight : Number.POSITIVE_INFINITY))
  return { ...topology, weights }
}
