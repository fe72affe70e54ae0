import type { Graph } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import type { AdvertisedDefinition } from './definition.js'
import { type Electorate, electoratesOf } from './electorates.js'
import { flexAlgoTopology, type Participation } from './topology.js'

/**
 * The paths of a Flex-Algo where each partition of each area has elected a definition of its own (RFC 9350 §5.3).
 * Undefined when none has one.
 */
export function electedTopology(
  graph: Graph,
  algorithm: number,
  elect: (electorate: Electorate) => AdvertisedDefinition | undefined,
  participation: Participation,
): AlgorithmTopology | undefined {
  const { all, ofLink } = electoratesOf(graph)
  const elected = all.map((electorate) => elect(electorate)?.definition)
  const first = elected.find((definition) => definition !== undefined)
  if (first === undefined) return undefined
  const asked = all.flatMap(({ scope }, i) => (elected[i]?.prefixMetric === true ? [scope ?? 0] : []))
  const definitionOf = (link: number) => elected[ofLink[link] as number]
  const topology = flexAlgoTopology(graph, algorithm, definitionOf, participation)
  return { ...topology, definition: first, prefixMetricScopes: new Set(asked) }
}
