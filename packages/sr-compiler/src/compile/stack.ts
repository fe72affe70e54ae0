import {
  costOfLinks,
  formatBlock,
  type LabelNetwork,
  nodeAt,
  nodeName,
  type PrefixSidEntry,
  type Routes,
  sameBlock,
  sinksReachedFrom,
} from '@segchain/path-engine'
import type { Reads } from './again/reads.js'
import { joinsOf, wayTo } from './joining.js'

/** A segment and the label that stands for it in the stack. */
export interface StackEntry {
  readonly sid: PrefixSidEntry
  readonly label: number
  /** Nodes where the segment may end for packets of this stack. */
  readonly ends: readonly number[]
  /** Of an adjacency-SID: the link, `r1-r2`; `sid` then only says where it ends. */
  readonly adjacency?: string
  /** The segment only leads to a node that joins these IGP instances. */
  readonly joins?: string
}

export interface Stack {
  readonly entries: readonly StackEntry[]
  /** Of the links in the metric of the algorithm, on the dearest branch; what prefixes are advertised with is no part of it. */
  readonly cost: number
}

export type StackFailure = { readonly code: string; readonly why: string; readonly hint?: string }

/**
 * The label stack that visits the segments in order. Each label is read by the nodes that end the
 * segment before it, so it is taken from their label block; where that is an anycast group, all its
 * members must agree, also those that take over only when another fails (RFC 8402 §3.3.1).
 */
export function buildStack(
  network: LabelNetwork,
  headend: number,
  sids: readonly PrefixSidEntry[],
  reads?: Reads,
): Stack | StackFailure {
  let costs = new Map([[headend, 0]])
  let readers: readonly number[] = [headend]
  let before: PrefixSidEntry | undefined
  const entries: StackEntry[] = []
  const steps = function* (): Generator<{ sid: PrefixSidEntry; joins?: string } | StackFailure> {
    for (const sid of sids) {
      const way = wayTo(network, [...costs.keys()], sid)
      if (way === undefined) {
        yield notJoined(network, [...costs.keys()], sid)
        return
      }
      for (const [i, one] of way.sids.entries()) {
        const joins = i < way.sids.length - 1 ? joinsOf(network.graph, one) : undefined
        yield { sid: one, ...(joins === undefined ? {} : { joins }) }
      }
    }
  }
  for (const step of steps()) {
    if ('why' in step) return step
    const { sid, joins } = step
    // All packets are there, and nobody else can have them: no label is needed, and its own might not be known.
    if (sid.service === undefined && readers.every((node) => popsOwn(network, sid, node))) continue
    const label = commonLabel(network, readers, sid, before)
    if (typeof label !== 'number') return label
    const routes = network.routes(sid)
    if (routes === undefined) return { code: 'ALGORITHM_UNKNOWN', why: `nobody computes algorithm ${sid.algorithm}` }
    const next = new Map<number, number>()
    for (const [node, cost] of costs) {
      reads?.way(sid, node)
      if (popsOwn(network, sid, node)) return ownLabel(network, node, sid)
      const ends = routes.sinks.has(node) ? [node] : sinksReachedFrom(routes, node)
      if (ends.length === 0) return unreachable(network, node, sid)
      const passed = ends.find((end) => isOnTheWay(routes, end) && popsOwn(network, sid, end))
      if (passed !== undefined) return ownLabel(network, passed, sid)
      for (const end of ends) next.set(end, Math.max(cost + costOfLinks(routes, node, end), next.get(end) ?? 0))
    }
    entries.push({
      sid,
      label,
      ends: [...next.keys()].sort((a, b) => a - b),
      ...(joins === undefined ? {} : { joins }),
    })
    costs = next
    readers = [...routes.sinks.keys()]
    before = sid
  }
  return { entries, cost: Math.max(0, ...costs.values()) }
}

function notJoined({ graph }: LabelNetwork, from: readonly number[], sid: PrefixSidEntry): StackFailure {
  const start = from.map((node) => nodeName(nodeAt(graph, node))).join(' or ')
  return {
    code: 'NO_JOINING_NODE',
    why: `${sid.owner} is in ${graph.joined?.names[sid.scope ?? -1] ?? 'another IGP instance'}, and no node with a node-SID of algorithm ${sid.algorithm} leads there from ${start}`,
    hint: 'give a router that is in both instances a node-SID of the algorithm, in both',
  }
}

function commonLabel(
  network: LabelNetwork,
  readers: readonly number[],
  sid: PrefixSidEntry,
  before: PrefixSidEntry | undefined,
): number | StackFailure {
  const [first] = readers
  const label = first === undefined ? undefined : network.labelAt(first, sid)
  const name = (node: number): string => nodeName(nodeAt(network.graph, node))
  const odd = readers.find((node) => !sameBlock(network.blockOf(node), network.blockOf(first ?? node)))
  if (before !== undefined && first !== undefined && odd !== undefined) {
    return {
      code: 'ANYCAST_SRGB',
      why: `${before.owner} is anycast and not the last segment, and its members have different SRGBs: ${name(first)} ${formatBlock(network.blockOf(first))}, ${name(odd)} ${formatBlock(network.blockOf(odd))} (RFC 8402 §3.3.1)`,
      hint: 'give all its nodes the same SRGB',
    }
  }
  if (label !== undefined) return label
  const where = first === undefined ? 'nobody' : name(first)
  const block = first === undefined ? 'none' : formatBlock(network.blockOf(first))
  return {
    code: 'SID_OUTSIDE_SRGB',
    why: `${where} has no label for ${sid.owner} (index ${sid.index}): its SRGB is ${block}`,
  }
}

/** The segment ends at the node, and its label does not get there (RFC 8667 §2.1.1.1): it need not know it. */
function popsOwn(network: LabelNetwork, sid: PrefixSidEntry, node: number): boolean {
  const isSink = network.routes(sid)?.sinks.has(node) ?? false
  return isSink && sid.members.every((member) => member.node !== node || member.lastHop !== 'no-php')
}

/** Of members with different metrics: packets for another one come by with the label, and end here. */
function isOnTheWay({ sinks, distance }: Routes, node: number): boolean {
  return (distance[node] as number) < (sinks.get(node) ?? 0)
}

function ownLabel({ graph }: LabelNetwork, node: number, sid: PrefixSidEntry): StackFailure {
  const name = nodeName(nodeAt(graph, node))
  return {
    code: 'OWN_LABEL',
    why: `packets are on ${name} already when the label of ${sid.owner} comes to the top, and ${name}, which asked for penultimate hop popping, need not know it`,
    hint: `let ${name} refuse penultimate hop popping (lastHopBehavior: no-php), or end the chain elsewhere`,
  }
}

function unreachable(network: LabelNetwork, from: number, sid: PrefixSidEntry): StackFailure {
  const start = nodeName(nodeAt(network.graph, from))
  const topology = network.topology(sid.algorithm)
  const own = topology?.absent.get(from)
  const absent = sid.members.map((m) => topology?.absent.get(m.node)).find((why) => why !== undefined)
  const because = own ?? absent
  return {
    code: 'UNREACHABLE',
    why: `${sid.owner} cannot be reached from ${start} with algorithm ${sid.algorithm}${because === undefined ? '' : `: ${because}`}`,
    hint:
      because === undefined
        ? prunedLinks(network, from, sid.algorithm)
        : 'let the node take part in the algorithm (FlexAlgo spec.nodes)',
  }
}

/** Which links near the node the algorithm does not use. */
function prunedLinks(network: LabelNetwork, from: number, algorithm: number): string {
  const { graph } = network
  const pruned = network.topology(algorithm)?.pruned
  const seen = graph.links
    .filter((link) => link.from === from && pruned?.has(link.index))
    .map((link) => `${nodeName(nodeAt(graph, link.to))} (${pruned?.get(link.index)})`)
  return seen.length === 0
    ? 'the network is in parts'
    : `links that the algorithm does not use there: to ${seen.slice(0, 4).join('; to ')}`
}

export function isFailure(result: Stack | StackFailure): result is StackFailure {
  return 'why' in result
}
