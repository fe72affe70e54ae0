import type { PrefixRecord } from '@segchain/records'
import { advertisedTopologies } from '../flex-algo/advertised-topologies.js'
import type { Graph } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { adjacencyLabels } from './adjacency-labels.js'
import { LabelNetwork } from './network.js'
import { advertisedSids } from './prefix-sids.js'

/**
 * The label switching of a network as it is, with no intent: its blocks, its prefix- and adjacency-SIDs
 * and its algorithms, all as the topology tells them.
 */
export function advertisedNetwork(
  graph: Graph,
  prefixes: readonly PrefixRecord[],
  topologies: ReadonlyMap<number, AlgorithmTopology> = advertisedTopologies(graph).topologies,
): LabelNetwork {
  return new LabelNetwork({
    graph,
    topologies,
    blocks: graph.nodes.map((node) => node.srgb),
    sids: advertisedSids(graph, prefixes, topologies),
    localLabels: adjacencyLabels(graph),
  })
}
