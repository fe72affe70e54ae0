import { forward } from '../mpls/forward.js'
import type { LabelNetwork } from '../mpls/network.js'
import { endingSids, type PrefixSidEntry } from '../mpls/prefix-sids.js'

/** Where packets are to go: over each of these links, and over no other. */
export interface IntendedDag {
  readonly source: number
  readonly target: number
  /** Link numbers; those of a single path, or of equal ones that are shared. */
  readonly links: ReadonlySet<number>
}

/** One label of a stack, and what it stands for. */
export type DagSegment =
  /** A node- or anycast-SID of any algorithm. */
  | { readonly kind: 'prefix'; readonly label: number; readonly sid: PrefixSidEntry }
  | { readonly kind: 'adjacency'; readonly label: number; readonly link: number; readonly to: number }

interface State {
  /** Where packets may be, ascending. */
  readonly at: readonly number[]
  /** Whom the next label is for: all members of the segment that led here, also those that only take over. */
  readonly readers: readonly number[]
  readonly used: ReadonlySet<number>
  readonly segments: readonly DagSegment[]
}

/** A guard: the states of a network that hostile hands have made grow with the ways to share it out. */
const MAX_STATES = 50_000

/**
 * The shortest list of segments whose packets take exactly the intended links: all of them, and none else. Node-, anycast-
 * and adjacency-SIDs of the network, of every algorithm; a prefix-SID stands for all shortest paths of its algorithm
 * to its nearest members. Breadth first over where the packets may be and what they have used: so the first list found
 * has the fewest segments; of equal ones the one with prefix-SIDs first, the smaller index first.
 *
 * @param most Labels that the source can push (MSD); no longer list is looked for.
 * @returns undefined when no list within `most` does it.
 */
export function encodeDag(
  network: LabelNetwork,
  dag: IntendedDag,
  most = Number.POSITIVE_INFINITY,
): readonly DagSegment[] | undefined {
  const { source, target, links } = dag
  const sids = sidsWithin(network, dag)
  let layer: State[] = [{ at: [source], readers: [source], used: new Set(), segments: [] }]
  const seen = new Set<string>([keyOf({ at: [source], readers: [source], used: new Set(), segments: [] })])
  for (let depth = 0; ; depth += 1) {
    const done = layer.find(({ at, used }) => at.length === 1 && at[0] === target && used.size === links.size)
    if (done !== undefined) return done.segments
    if (depth >= most || layer.length === 0) return undefined
    const next: State[] = []
    for (const state of layer) {
      for (const step of [...prefixSteps(network, sids, dag, state), ...adjacencySteps(network, dag, state)]) {
        const key = keyOf(step)
        if (seen.has(key)) continue
        if (seen.size >= MAX_STATES) return undefined
        seen.add(key)
        next.push(step)
      }
    }
    layer = next
  }
}

function keyOf({ at, readers, used }: State): string {
  return `${at.join()}|${readers.join()}|${[...used].sort((a, b) => a - b).join()}`
}

/** Those that may end where packets are meant to be. */
function sidsWithin(network: LabelNetwork, { links, target }: IntendedDag): readonly PrefixSidEntry[] {
  const nodes = new Set([target])
  for (const link of links) nodes.add(network.graph.targets[link] as number)
  return endingSids(network.sids).filter(
    // The label of a service hands the packet to the service.
    ({ members, service }) => service === undefined && members.some(({ node }) => nodes.has(node)),
  )
}

function prefixSteps(
  network: LabelNetwork,
  sids: readonly PrefixSidEntry[],
  { links }: IntendedDag,
  state: State,
): State[] {
  return sids.flatMap((sid) => {
    const label = commonLabel(network, state.readers, sid)
    const routes = network.routes(sid)
    if (label === undefined || routes === undefined) return []
    const used = new Set(state.used)
    const ends = new Set<number>()
    for (const start of state.at) {
      // A router that pops its own label early need not know it.
      if (routes.sinks.has(start) && forward(network, start, label).action !== 'end') return []
      const way = wayOf(network, sid, start)
      if (way === undefined || way.links.some((link) => !links.has(link))) return []
      for (const link of way.links) used.add(link)
      for (const end of way.ends) ends.add(end)
    }
    const isMoved = ends.size !== state.at.length || state.at.some((node) => !ends.has(node))
    if (!isMoved) return []
    const segments: DagSegment[] = [...state.segments, { kind: 'prefix', label, sid }]
    return [{ at: ascending(ends), readers: ascending(routes.sinks.keys()), used, segments }]
  })
}

/** Every branch from a router towards the segment, label by label; undefined where a packet would be dropped. */
function wayOf(
  network: LabelNetwork,
  sid: PrefixSidEntry,
  start: number,
): { links: number[]; ends: number[] } | undefined {
  const sinks = network.routes(sid)?.sinks
  const links: number[] = []
  const ends: number[] = []
  const met = new Set([start])
  const open = [start]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (sinks?.has(node) === true) {
      ends.push(node)
      continue
    }
    const label = network.labelAt(node, sid)
    const result = label === undefined ? undefined : forward(network, node, label)
    if (result?.action !== 'forward' || result.sid !== sid) return undefined
    for (const branch of result.branches) {
      links.push(...linksOf(network, branch.link, branch.node))
      if (met.has(branch.node)) continue
      met.add(branch.node)
      open.push(branch.node)
    }
  }
  return { links, ends }
}

/** What all who may read it take for this segment (RFC 8402 §3.3.1: the members of an anycast group share their SRGB). */
function commonLabel(network: LabelNetwork, readers: readonly number[], sid: PrefixSidEntry): number | undefined {
  const labels = new Set(readers.map((node) => network.labelAt(node, sid)))
  const [label] = labels
  const isCommon = labels.size === 1 && label !== undefined
  return isCommon && readers.every((node) => network.sidAt(node, label) === sid) ? label : undefined
}

/** An adjacency-SID is for packets that are all at one router. */
function adjacencySteps(network: LabelNetwork, { links }: IntendedDag, state: State): State[] {
  const [from, ...others] = state.at
  if (from === undefined || others.length > 0 || state.readers.length > 1) return []
  const own = network.localLabels.filter((local) => local.node === from)
  // One without protection first: its packets are dropped with the link, not sent another way.
  own.sort((a, b) => Number(a.protected ?? false) - Number(b.protected ?? false))
  return own.flatMap((local) => {
    if (network.localsAt(from, local.label).length > 1) return []
    const over = linksOf(network, local.link, local.to)
    if (over.length === 0 || over.some((link) => !links.has(link))) return []
    const { label, link, to } = local
    const segments: DagSegment[] = [...state.segments, { kind: 'adjacency', label, link, to }]
    return [{ at: [to], readers: [to], used: new Set([...state.used, ...over]), segments }]
  })
}

/** The link; over a LAN also the one from the pseudonode to the router. */
function linksOf({ graph }: LabelNetwork, link: number, to: number): number[] {
  const lan = graph.targets[link] as number
  if (lan === to) return [link]
  const end = graph.offsets[lan + 1] as number
  for (let onward = graph.offsets[lan] as number; onward < end; onward += 1)
    if (graph.targets[onward] === to) return [link, onward]
  return []
}

function ascending(nodes: Iterable<number>): number[] {
  return [...nodes].sort((a, b) => a - b)
}
