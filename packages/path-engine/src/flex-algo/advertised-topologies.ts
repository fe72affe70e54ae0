import { type Graph, nodeAt, nodeName } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { igpTopology } from '../spf/igp-topology.js'
import { strictTopology } from '../spf/strict-topology.js'
import type { AdvertisedDefinition } from './definition.js'
import { electedTopology } from './elected.js'
import { advertisedDefinitions, electDefinition, whyUnsupported } from './election.js'
import type { Electorate } from './electorates.js'
import { attributeSourceOf } from './link-values.js'

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
  const source = attributeSourceOf(graph.links.map((link) => link.record))
  for (const algorithm of definedAlgorithms(graph)) {
    const elect = ({ records }: Electorate): AdvertisedDefinition | undefined => {
      const winner = electDefinition(advertisedDefinitions([...records.values()], algorithm))
      const why = winner && whyUnsupported(winner)
      if (winner === undefined || why === undefined) return winner
      unsupported.set(algorithm, `the definition that ${winner.node} advertises cannot be followed: ${why}`)
      return undefined
    }
    const whyAbsent = (index: number, scope?: number): string | undefined =>
      recordOf(graph, index, scope)?.algorithms?.includes(algorithm)
        ? undefined
        : `${nodeName(nodeAt(graph, index))} does not take part in algorithm ${algorithm}`
    const topology = electedTopology(graph, algorithm, elect, { source, whyAbsent })
    if (topology !== undefined) topologies.set(algorithm, topology)
  }
  return { topologies, unsupported }
}

/** The numbers of the Flex-Algos that somebody defines, ascending. */
export function definedAlgorithms(graph: Graph): number[] {
  const records = graph.nodes.flatMap((node) => (node.record === undefined ? [] : [node.record]))
  const numbers = records.flatMap((node) => (node.flexAlgoDefinitions ?? []).map((fad) => fad.algorithm))
  return [...new Set(numbers)].sort((a, b) => a - b)
}

/** What a node says of itself, of joined instances in one of them. */
export function recordOf(graph: Graph, node: number, scope?: number): Graph['nodes'][number]['record'] {
  return scope === undefined || graph.joined === undefined
    ? nodeAt(graph, node).record
    : graph.joined.records[node]?.get(scope)
}
