import type { Graph, GraphLink } from '../graph/graph.js'
import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import type { Definition } from './definition.js'
import { type AttributeSource, type LinkValues, linkValues } from './link-values.js'

export interface Participation {
  /** By node number: undefined takes part, else why not. */
  readonly whyAbsent: (node: number) => string | undefined
  readonly source: AttributeSource
}

/**
 * RFC 9350 §13: the graph that remains of a Flex-Algo after its rules. A pseudonode is always in,
 * and no rule applies to the links that leave it: nobody can colour them.
 */
export function flexAlgoTopology(
  graph: Graph,
  algorithm: number,
  definition: Definition,
  participation: Participation,
): AlgorithmTopology {
  const member = new Uint8Array(graph.nodes.length)
  const absent = new Map<number, string>()
  for (const node of graph.nodes) {
    const why = node.pseudonode ? undefined : participation.whyAbsent(node.index)
    if (why === undefined) member[node.index] = 1
    else absent.set(node.index, why)
  }
  const weights = new Float64Array(graph.links.length)
  const pruned = new Map<number, string>()
  for (const link of graph.links) {
    const cost = costOf(graph, link, definition, participation.source, member)
    weights[link.index] = typeof cost === 'number' ? cost : Number.POSITIVE_INFINITY
    if (typeof cost !== 'number') pruned.set(link.index, cost)
  }
  return { graph, algorithm, definition, weights, member, pruned, absent }
}

/** The weight of a link, or why it has none. */
function costOf(
  graph: Graph,
  link: GraphLink,
  definition: Definition,
  source: AttributeSource,
  member: Uint8Array,
): number | string {
  if (member[link.from] !== 1 || member[link.to] !== 1) return 'an end is not in the algorithm'
  if (nodeAt(graph, link.from).pseudonode) return 0
  const values = linkValues(link.record, source)
  return whyPruned(values, definition) ?? metricOf(link, values, definition) ?? missingMetric(definition)
}

/** Rules 1 to 4 of RFC 9350 §13, in their order. */
export function whyPruned(
  values: Pick<LinkValues, 'affinities' | 'srlgs'>,
  definition: Definition,
): string | undefined {
  const { affinities, srlgs } = values
  const excluded = definition.excludeAny.find((bit) => affinities.has(bit))
  if (excluded !== undefined) return `it has affinity bit ${excluded}, which exclude-any names`
  const shared = definition.excludeSrlgs.find((srlg) => srlgs.has(srlg))
  if (shared !== undefined) return `it is in SRLG ${shared}, which exclude-srlg names`
  const { includeAny, includeAll } = definition
  if (includeAny.length > 0 && !includeAny.some((bit) => affinities.has(bit))) {
    return `it has none of the affinity bits ${includeAny.join(', ')} of include-any`
  }
  const lacking = includeAll.find((bit) => !affinities.has(bit))
  return lacking === undefined ? undefined : `it lacks affinity bit ${lacking}, which include-all names`
}

function metricOf(link: GraphLink, values: LinkValues, definition: Definition): number | undefined {
  switch (definition.metricType) {
    case 0:
      return link.record.igpMetric
    case 1:
      return values.minDelayUs
    case 2:
      return values.teMetric
    default:
      return usable(values.genericMetrics.get(definition.metricType), link.record.protocol)
  }
}

/** The largest value says that the link is not to be used (RFC 9843 §2.1 of IS-IS, §2.2 of OSPF). */
function usable(metric: number | undefined, protocol: string): number | undefined {
  return metric === (protocol.startsWith('isis') ? 0xff_ffff : 0xffff_ffff) ? undefined : metric
}

/** RFC 9350 §13 rule 5: a link without the metric is pruned; 0 must not be assumed. */
function missingMetric(definition: Definition): string {
  const name =
    ['IGP metric', 'minimum delay', 'TE metric'][definition.metricType] ??
    `usable generic metric of type ${definition.metricType}`
  return `it has no ${name}`
}
