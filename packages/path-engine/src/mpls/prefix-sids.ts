import type { PrefixRecord } from '@segchain/records'
import type { Graph } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'

/** What the router before the last does with the label (RFC 8667 §2.1.1.1). */
export type LastHop = 'php' | 'no-php' | 'explicit-null'

export interface PrefixSidMember {
  readonly node: number
  /** The metric that the node advertises the prefix with. */
  readonly cost: number
  readonly lastHop: LastHop
}

/** One global segment: a prefix and algorithm, and the nodes that it may end at. */
export interface PrefixSidEntry {
  readonly prefix: string
  readonly algorithm: number
  /** Index into every node's SRGB. */
  readonly index: number
  readonly members: readonly PrefixSidMember[]
  /** The prefix stands for one node (N-flag), not for a group. */
  readonly nodeSid: boolean
  /** Who wants it, for messages: an intent, or the nodes that advertise it. */
  readonly owner: string
  readonly service?: string
  /** Of joined instances: the number of the one that knows it. */
  readonly scope?: number
}

/**
 * The segments that the nodes of a graph advertise, by index; of several instances the own one only.
 * The topologies tell whether an algorithm's definition asks for prefix metrics (the M-flag).
 */
export function advertisedSids(
  graph: Graph,
  prefixes: readonly PrefixRecord[],
  topologies: ReadonlyMap<number, AlgorithmTopology> = new Map(),
): PrefixSidEntry[] {
  const entries = new Map<string, PrefixSidEntry & { members: PrefixSidMember[] }>()
  for (const record of prefixes) {
    const node = graph.indexOfNode.get(record.node)
    if (node === undefined || (record.multiTopologyId ?? 0) !== graph.multiTopologyId) continue
    for (const sid of record.prefixSids ?? []) {
      if (sid.index === undefined || sid.flags.includes('readvertisement')) continue
      const scope = graph.joined?.ofId.get(record.node)
      const key = `${scope}|${record.prefix}|${sid.algorithm}|${sid.index}`
      const nodeSid = sid.flags.includes('node') || (record.attributeFlags?.includes('node') ?? false)
      const cost = costOf(record, sid.algorithm, topologies.get(sid.algorithm)?.definition?.prefixMetric ?? false)
      if (cost === undefined) continue
      const member = { node, cost, lastHop: lastHopOf(sid.flags) }
      const entry = entries.get(key)
      if (entry === undefined) {
        const { prefix } = record
        const owner = graph.nodes[node]?.record?.name ?? record.node
        const own = { prefix, algorithm: sid.algorithm, index: sid.index, members: [member], nodeSid, owner }
        entries.set(key, scope === undefined ? own : { ...own, scope })
      } else {
        entry.members.push(member)
      }
    }
  }
  return [...entries.values()].sort((a, b) => a.index - b.index || (a.prefix < b.prefix ? -1 : 1))
}

/**
 * The metric of the prefix itself. In a Flex-Algo it counts for prefixes of another area or level alone:
 * with the M-flag the one of the algorithm, and without one the prefix cannot be reached; without the
 * M-flag the IGP's (RFC 9350 §8).
 */
function costOf(record: PrefixRecord, algorithm: number, prefixMetric: boolean): number | undefined {
  if (algorithm < 128) return record.metric ?? 0
  const own = record.flexAlgoMetrics?.find((metric) => metric.algorithm === algorithm)?.metric
  if (prefixMetric) return own ?? (isFromElsewhere(record) ? undefined : 0)
  return isFromElsewhere(record) ? (record.metric ?? 0) : 0
}

/** Leaked from another area or level, or external. */
function isFromElsewhere({ ospfRouteType, igpFlags, attributeFlags }: PrefixRecord): boolean {
  if (ospfRouteType !== undefined) return ospfRouteType !== 'intra-area'
  const attributes = ['external', 'readvertisement']
  return (igpFlags?.includes('down') ?? false) || (attributeFlags?.some((flag) => attributes.includes(flag)) ?? false)
}

/** Explicit null only counts together with no-PHP (RFC 8667 §2.1.1.1: E is ignored when P is unset). */
function lastHopOf(flags: readonly string[]): LastHop {
  if (!flags.includes('no-php')) return 'php'
  return flags.includes('explicit-null') ? 'explicit-null' : 'no-php'
}
