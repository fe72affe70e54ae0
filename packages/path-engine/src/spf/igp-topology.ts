import type { Graph } from '../graph/graph.js'
import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'

/** RFC 5305 §3: a link with the maximum metric is not used by the normal SPF. */
export const ISIS_MAXIMUM_METRIC = 0xff_ffff

/** Algorithm 0 (and 1, which differs only in that local policy must not change it; RFC 8402 §3.1.1). */
export function igpTopology(graph: Graph, algorithm: 0 | 1 = 0): AlgorithmTopology {
  const weights = new Float64Array(graph.links.length)
  const pruned = new Map<number, string>()
  for (const link of graph.links) {
    const metric = nodeAt(graph, link.from).pseudonode ? 0 : link.record.igpMetric
    const why = whyUnusable(link.record.protocol, metric)
    if (why !== undefined) pruned.set(link.index, why)
    weights[link.index] = why === undefined && metric !== undefined ? metric : Number.POSITIVE_INFINITY
  }
  return { graph, algorithm, weights, member: new Uint8Array(graph.nodes.length).fill(1), pruned, absent: new Map() }
}

function whyUnusable(protocol: string, metric: number | undefined): string | undefined {
  if (metric === undefined) return 'it has no IGP metric'
  if (protocol.startsWith('isis') && metric >= ISIS_MAXIMUM_METRIC) {
    return 'it has the maximum metric (RFC 5305 §3)'
  }
  return undefined
}
