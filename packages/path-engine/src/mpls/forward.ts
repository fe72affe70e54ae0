import { nextHops, type Routes } from '../spf/routes.js'
import type { LabelNetwork } from './network.js'
import type { LastHop, PrefixSidEntry, PrefixSidMember } from './prefix-sids.js'

/** RFC 3032 §2.1: the packet below is IPv4, IPv6. */
export const EXPLICIT_NULLS: readonly number[] = [0, 2]

/** What a router does with the top label of a packet. */
export type Forwarding =
  /** The segment ends here: the label goes, the node looks at the next one. */
  | { readonly action: 'end'; readonly sid: PrefixSidEntry }
  /** Explicit null: the label goes, the node looks at what is below. */
  | { readonly action: 'null' }
  /** A binding-SID: these labels take its place, and the node looks at the first of them. */
  | { readonly action: 'push'; readonly labels: readonly number[] }
  /** To one or (equal cost) several next routers. */
  | { readonly action: 'forward'; readonly branches: readonly Branch[]; readonly sid?: PrefixSidEntry }
  /** On into an area or level of which the graph has nothing: what happens there is not known. */
  | { readonly action: 'leave'; readonly sid: PrefixSidEntry }
  | { readonly action: 'drop'; readonly why: string }

export interface Branch {
  readonly link: number
  readonly node: number
  /** What the top label becomes; absent when it is popped. */
  readonly label?: number
}

/** One row of a router's label forwarding table, computed when it is needed. */
export function forward(network: LabelNetwork, node: number, label: number): Forwarding {
  if (EXPLICIT_NULLS.includes(label)) return { action: 'null' }
  const binding = network.bindingAt(node, label)
  if (binding !== undefined) return { action: 'push', labels: binding.push }
  const local = network.localsAt(node, label)
  if (local.length > 0) return { action: 'forward', branches: local.map(({ link, to }) => ({ link, node: to })) }
  const sid = network.sidAt(node, label)
  if (sid === undefined) return { action: 'drop', why: `label ${label} means nothing here` }
  const routes = network.routes(sid)
  if (routes === undefined) return { action: 'drop', why: `algorithm ${sid.algorithm} is not computed` }
  if (routes.sinks.has(node)) return atItsEnd(sid, node)
  const hops = nextHops(routes, node)
  if (hops.length === 0) {
    return { action: 'drop', why: `${sid.prefix} cannot be reached with algorithm ${sid.algorithm}` }
  }
  const branches: Branch[] = []
  for (const hop of hops) {
    const ends = isEndOf(routes, hop.node) ? endsAt(sid, hop.node) : undefined
    const outgoing = outgoingLabel(network, sid, hop.node, ends?.lastHop)
    // RFC 8660 §2.10.1: where a next router cannot take the label, the others do.
    if (outgoing === 'none') continue
    branches.push({ ...hop, ...(outgoing === undefined ? {} : { label: outgoing }) })
  }
  if (branches.length === 0) {
    return { action: 'drop', why: `no next router has a label for index ${sid.index} in its SRGB` }
  }
  return { action: 'forward', branches, sid }
}

/**
 * RFC 8660 §2.10.2 leaves open whether a router that asked for penultimate hop popping (or explicit null) knows its own
 * label: nobody is to send it. FRR on Linux installs no row and drops the packet (test/lab, probe 4 of `repairs`), so no
 * prediction may count on it.
 */
function atItsEnd(sid: PrefixSidEntry, node: number): Forwarding {
  const own = endsAt(sid, node)
  if (own?.leaks === true) return { action: 'leave', sid }
  const lastHop = own?.lastHop
  if (lastHop === 'no-php') return { action: 'end', sid }
  const asked = lastHop === 'explicit-null' ? 'an explicit null in its place' : 'penultimate hop popping'
  return { action: 'drop', why: `it asked for ${asked}: it has no row for its own label of ${sid.prefix}` }
}

/** The route leads to this router, and not over it to another one that advertises the prefix with a smaller metric. */
function isEndOf({ sinks, distance }: Routes, node: number): boolean {
  return sinks.has(node) && sinks.get(node) === distance[node]
}

/** Its own advertisement comes before one that it has from elsewhere. */
function endsAt({ members }: PrefixSidEntry, node: number): PrefixSidMember | undefined {
  const own = members.filter((member) => member.node === node)
  return own.find((member) => member.leaks !== true) ?? own[0]
}

function outgoingLabel(
  network: LabelNetwork,
  sid: PrefixSidEntry,
  next: number,
  ends: LastHop | undefined,
): number | undefined | 'none' {
  if (ends === 'php') return undefined
  if (ends === 'explicit-null') return sid.prefix.includes(':') ? 2 : 0
  return network.labelAt(next, sid) ?? 'none'
}
