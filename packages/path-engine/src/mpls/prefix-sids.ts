import type { PrefixRecord, PrefixSid } from '@segchain/records'
import { type Graph, nodeAt } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { compareFecs } from './label-collision.js'
import { mappedSids, nativeSids } from './mapping-servers.js'
import { isReadvertised, preferenceOf, prefixCost } from './prefix-origin.js'

/** What the router before the last does with the label (RFC 8667 §2.1.1.1). */
export type LastHop = 'php' | 'no-php' | 'explicit-null'

export interface PrefixSidMember {
  readonly node: number
  /** The metric that the node advertises the prefix with. */
  readonly cost: number
  readonly lastHop: LastHop
  /** It re-advertises the prefix from another area, level or protocol: the label goes on there. */
  readonly leaks?: true
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
  /** What the IGP thinks of the route, smaller first; 0 (of the area or level itself) when absent. */
  readonly preference?: number
}

/**
 * The segments that the nodes of a graph advertise, by index; of several instances each its own, and what its border
 * routers have brought into it. The topologies tell whether an algorithm's definition asks for prefix metrics (the M-flag).
 */
export function advertisedSids(
  graph: Graph,
  prefixes: readonly PrefixRecord[],
  topologies: ReadonlyMap<number, AlgorithmTopology> = new Map(),
): PrefixSidEntry[] {
  const entries = new Map<string, PrefixSidEntry & { members: PrefixSidMember[] }>()
  const mapped = mappedSids(graph, prefixes)
  for (const record of prefixes) {
    const node = graph.indexOfNode.get(record.node)
    if (node === undefined || (record.multiTopologyId ?? 0) !== graph.multiTopologyId) continue
    const scope = graph.joined?.ofId.get(record.node)
    for (const sid of [...nativeSids(record), ...mapped(record)]) {
      if (sid.index === undefined || isRepeated(record, sid)) continue
      const { algorithm, index } = sid
      const asksForMetric = topologies.get(algorithm)?.prefixMetricScopes?.has(scope ?? 0) ?? false
      const cost = prefixCost(record, sid, asksForMetric)
      if (cost === undefined) continue
      const { prefix } = record
      const lastHop = lastHopOf(sid.flags)
      const leaks = lastHop === 'no-php' && isReadvertised(record, sid)
      const member: PrefixSidMember = { node, cost, lastHop, ...(leaks ? { leaks } : {}) }
      const preference = preferenceOf(record)
      // Routes of different preference are told apart: a router that cannot reach the better takes the other.
      const key = `${scope}|${prefix}|${algorithm}|${index}|${preference}`
      const known = entries.get(key)
      if (known !== undefined) {
        known.members.push(member)
        continue
      }
      entries.set(key, {
        ...{ prefix, algorithm, index, members: [member] },
        nodeSid: sid.flags.includes('node') || (record.attributeFlags?.includes('node') ?? false),
        owner: nodeAt(graph, node).record?.name ?? record.node,
        ...(scope === undefined ? {} : { scope }),
        ...(preference === 0 ? {} : { preference }),
      })
    }
  }
  return [...entries.values()].sort(
    (a, b) => a.index - b.index || compareFecs(a, b) || (a.preference ?? 0) - (b.preference ?? 0),
  )
}

/**
 * The segments that end at the nodes which advertise them. One that border routers have brought into the area ends
 * beyond them: a stack that counts on where it ends must not use it there.
 */
export function endingSids(sids: readonly PrefixSidEntry[]): PrefixSidEntry[] {
  return sids.filter(({ members }) => members.every((member) => member.leaks !== true))
}

/** RFC 8665 §5: of several prefix-SIDs of one algorithm with a prefix of a router, none counts. */
function isRepeated(record: PrefixRecord, { algorithm }: PrefixSid): boolean {
  const isOspf = record.protocol.startsWith('ospf')
  return isOspf && nativeSids(record).filter((other) => other.algorithm === algorithm).length > 1
}

/** Explicit null only counts together with no-PHP (RFC 8667 §2.1.1.1: E is ignored when P is unset). */
function lastHopOf(flags: readonly string[]): LastHop {
  if (!flags.includes('no-php')) return 'php'
  return flags.includes('explicit-null') ? 'explicit-null' : 'no-php'
}
