import type { Graph, GraphLink } from '../graph/graph.js'
import { nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { ISIS_MAXIMUM_METRIC } from '../spf/igp-topology.js'
import type { Definition } from './definition.js'
import { type AttributeSource, type LinkValues, linkValues } from './link-values.js'

export interface Participation {
  /** By node number, of joined instances in one of them: undefined takes part, else why not. */
  readonly whyAbsent: (node: number, scope?: number) => string | undefined
  readonly source: AttributeSource
}

/** The definition that holds for a link; undefined where nobody advertises one. */
export type DefinitionOfLink = (link: number) => Definition | undefined

/**
 * RFC 9350 §13: the graph that remains of a Flex-Algo after its rules. A pseudonode is always in,
 * and no rule applies to the links that leave it: nobody can colour them.
 */
export function flexAlgoTopology(
  graph: Graph,
  algorithm: number,
  definition: Definition | DefinitionOfLink,
  participation: Participation,
): AlgorithmTopology {
  const member = new Uint8Array(graph.nodes.length)
  const absent = new Map<number, string>()
  for (const node of graph.nodes) {
    const why = node.pseudonode ? undefined : whyAbsentEverywhere(graph, node.index, participation)
    if (why === undefined) member[node.index] = 1
    else absent.set(node.index, why)
  }
  const weights = new Float64Array(graph.links.length)
  const pruned = new Map<number, string>()
  for (const link of graph.links) {
    const own = typeof definition === 'function' ? definition(link.index) : definition
    const cost = costOf(graph, link, own, participation)
    weights[link.index] = typeof cost === 'number' ? cost : Number.POSITIVE_INFINITY
    if (typeof cost !== 'number') pruned.set(link.index, cost)
  }
  const one = typeof definition === 'function' ? {} : { definition, prefixMetricScopes: scopesThat(graph, definition) }
  return { graph, algorithm, ...one, weights, member, pruned, absent }
}

/** One definition holds in all instances. */
function scopesThat({ joined }: Graph, { prefixMetric }: Definition): ReadonlySet<number> {
  return new Set(prefixMetric ? (joined?.names ?? ['']).keys() : [])
}

/** A joining node takes part as soon as it does so in one of its instances. */
function whyAbsentEverywhere(graph: Graph, node: number, { whyAbsent }: Participation): string | undefined {
  const reasons = (graph.joined?.ofNode[node] ?? [undefined]).map((scope) => whyAbsent(node, scope))
  return reasons.includes(undefined) ? undefined : reasons[0]
}

/** The weight of a link, or why it has none. */
function costOf(
  graph: Graph,
  link: GraphLink,
  definition: Definition | undefined,
  { whyAbsent, source }: Participation,
): number | string {
  const scope = graph.joined?.ofLink[link.index]
  const isAbsent = (node: number): boolean => !nodeAt(graph, node).pseudonode && whyAbsent(node, scope) !== undefined
  if (isAbsent(link.from) || isAbsent(link.to)) return 'an end is not in the algorithm'
  if (definition === undefined) return 'nobody there advertises a definition of the algorithm'
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
      return usableIgpMetric(link)
    case 1:
      return values.minDelayUs
    case 2:
      return values.teMetric
    default:
      return usable(values.genericMetrics.get(definition.metricType), link.record.protocol)
  }
}

/** RFC 9350 §15.3: the maximum IGP metric makes a link of IS-IS unreachable in a Flex-Algo too; not that of OSPF. */
function usableIgpMetric({ record }: GraphLink): number | undefined {
  const isMaximum = record.protocol.startsWith('isis') && (record.igpMetric ?? 0) >= ISIS_MAXIMUM_METRIC
  return isMaximum ? undefined : record.igpMetric
}

/** The largest value says that the link is not to be used (RFC 9843 §2.1 of IS-IS, §2.2 of OSPF). */
function usable(metric: number | undefined, protocol: string): number | undefined {
  return metric === (protocol.startsWith('isis') ? 0xff_ffff : 0xffff_ffff) ? undefined : metric
}

/** RFC 9350 §13 rule 5: a link without the metric is pruned; 0 must not be assumed. */
function missingMetric(definition: Definition): string {
  const name =
    ['usable IGP metric', 'minimum delay', 'TE metric'][definition.metricType] ??
    `usable generic metric of type ${definition.metricType}`
  return `it has no ${name}`
}
