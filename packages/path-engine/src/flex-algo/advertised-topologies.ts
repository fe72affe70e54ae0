import { type Graph, nodeAt, nodeName } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { igpTopology } from '../spf/igp-topology.js'
import { strictTopology } from '../spf/strict-topology.js'
import { advertisedDefinitions, electDefinition, reachableDefinitions, whyUnsupported } from './election.js'
import { attributeSourceOf } from './link-values.js'
import { flexAlgoTopology } from './topology.js'

/** The algorithms of a network as it is now, and those that are defined and that nobody can follow. */
export interface AdvertisedTopologies {
  readonly topologies: ReadonlyMap<number, AlgorithmTopology>
  readonly unsupported: ReadonlyMap<number, string>
}

/** Algorithms 0 and 1, and every Flex-Algo that somebody defines, with the nodes that say they take part. */
export function advertisedTopologies(graph: Graph): AdvertisedTopologies {
  const topologies = new Map<number, AlgorithmTopology>([
    [0, igpTopology(graph)],
    [1, strictTopology(graph)],
  ])
  const unsupported = new Map<number, string>()
  const records = graph.nodes.flatMap((node) => (node.record === undefined ? [] : [node.record]))
  const numbers = new Set(records.flatMap((node) => (node.flexAlgoDefinitions ?? []).map((fad) => fad.algorithm)))
  const source = attributeSourceOf(graph.links.map((link) => link.record))
  for (const algorithm of [...numbers].sort((a, b) => a - b)) {
    const winner = electDefinition(reachableDefinitions(graph, advertisedDefinitions(records, algorithm)))
    if (winner === undefined) continue
    const why = whyUnsupported(winner)
    if (why !== undefined) {
      unsupported.set(algorithm, `the definition that ${winner.node} advertises cannot be followed: ${why}`)
      continue
    }
    const whyAbsent = (index: number): string | undefined =>
      nodeAt(graph, index).record?.algorithms?.includes(algorithm)
        ? undefined
        : `${nodeName(nodeAt(graph, index))} does not take part in algorithm ${algorithm}`
    topologies.set(algorithm, flexAlgoTopology(graph, algorithm, winner.definition, { source, whyAbsent }))
  }
  return { topologies, unsupported }
}
