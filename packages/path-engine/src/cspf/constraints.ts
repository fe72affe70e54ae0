import type { Graph, GraphLink } from '../graph/graph.js'
import { nodeAt, nodeName } from '../graph/graph.js'
import { sharedRisks } from '../graph/shared-risks.js'

/** What two paths may not share. */
export type Disjointness = 'link' | 'node' | 'srlg'

export type PathMetric = 'igp' | 'te' | 'delay' | 'hops'

/** A node by its number, or any of these links (each direction has its own; parallel ones may stand for each other). */
export type Waypoint = number | { readonly links: readonly number[] }

/** What a computed path must obey. Every field is optional and narrows. */
export interface PathConstraints {
  readonly minimize?: PathMetric
  readonly excludeAny?: readonly number[]
  readonly includeAny?: readonly number[]
  readonly includeAll?: readonly number[]
  readonly excludeSrlgs?: readonly number[]
  /** Node numbers that the path may not pass. */
  readonly excludeNodes?: readonly number[]
  /** Link numbers (each direction has its own). */
  readonly excludeLinks?: readonly number[]
  /** Nodes and links to pass, in this order. */
  readonly via?: readonly Waypoint[]
  /** Bytes a second that every link must have left (unreserved at priority 7, else available, else the maximum). */
  readonly bandwidthBytesPerSec?: number
  readonly maxDelayUs?: number
  readonly maxHops?: number
  /** In the IGP metric. */
  readonly maxIgpMetric?: number
  readonly maxTeMetric?: number
}

/** Names of the rules, as far as they cut single links. */
export type LinkRule =
  | 'excludeAny'
  | 'includeAny'
  | 'includeAll'
  | 'excludeSrlgs'
  | 'excludeNodes'
  | 'excludeLinks'
  | 'bandwidthBytesPerSec'

/** The additive values of a link; undefined where it does not tell one. */
export function linkValueOf(graph: Graph, link: GraphLink, metric: PathMetric): number | undefined {
  const { record } = link
  if (nodeAt(graph, link.from).pseudonode) return 0
  switch (metric) {
    case 'igp':
      return record.igpMetric
    case 'te':
      // RFC 5305 §3.7, RFC 3630 §2.5.5: without a TE metric the IGP metric stands for it.
      return record.teMetric ?? record.igpMetric
    case 'delay':
      return record.minDelayUs ?? record.delayUs
    case 'hops':
      return 1
  }
}

/** Bytes a second that a link has left: unreserved at priority 7, else available, else the maximum. */
export function bandwidthLeft(graph: Graph, { from, record }: GraphLink): number | undefined {
  if (nodeAt(graph, from).pseudonode) return undefined
  return (
    record.unreservedBandwidthBytesPerSec?.[7] ?? record.availableBandwidthBytesPerSec ?? record.maxBandwidthBytesPerSec
  )
}

/** The rule that cuts a link, and why; undefined when it may be used. */
export function cutBy(
  graph: Graph,
  link: GraphLink,
  constraints: PathConstraints,
): { readonly rule: LinkRule; readonly why: string } | undefined {
  const { record } = link
  const to = nodeAt(graph, link.to)
  if (constraints.excludeLinks?.includes(link.index)) return { rule: 'excludeLinks', why: 'it is excluded' }
  if (constraints.excludeNodes?.includes(link.to)) return { rule: 'excludeNodes', why: `${nodeName(to)} is excluded` }
  // Nobody can colour the links that leave a LAN.
  if (nodeAt(graph, link.from).pseudonode) return undefined
  const colours = new Set([...(record.adminGroups ?? []), ...(record.extendedAdminGroups ?? [])])
  const excluded = constraints.excludeAny?.find((bit) => colours.has(bit))
  if (excluded !== undefined) return { rule: 'excludeAny', why: `it has affinity bit ${excluded}` }
  const srlg = constraints.excludeSrlgs?.find((group) => sharedRisks(graph).get(group)?.has(link.index))
  if (srlg !== undefined) return { rule: 'excludeSrlgs', why: `it is in SRLG ${srlg}` }
  const { includeAny = [], includeAll = [] } = constraints
  if (includeAny.length > 0 && !includeAny.some((bit) => colours.has(bit))) {
    return { rule: 'includeAny', why: `it has none of the affinity bits ${includeAny.join(', ')}` }
  }
  const lacking = includeAll.find((bit) => !colours.has(bit))
  if (lacking !== undefined) return { rule: 'includeAll', why: `it lacks affinity bit ${lacking}` }
  const wanted = constraints.bandwidthBytesPerSec
  const left = bandwidthLeft(graph, link)
  if (wanted !== undefined && (left === undefined || left < wanted)) {
    return {
      rule: 'bandwidthBytesPerSec',
      why: left === undefined ? 'it tells no bandwidth' : `it has ${left} bytes/s left`,
    }
  }
  return undefined
}
