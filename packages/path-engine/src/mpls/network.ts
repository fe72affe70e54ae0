import type { LabelRange } from '@segchain/records'
import type { Graph } from '../graph/graph.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { type Routes, routesTo } from '../spf/routes.js'
import { routesAfter } from '../spf/routes-after.js'
import { type LinkChange, mendedRoutes, type RoutesBefore, routesAgain } from '../spf/routes-again.js'
import { scopedTopology } from '../spf/scoped-topology.js'
import { indexOfLabel, labelOfIndex } from './label-block.js'
import { compareFecs } from './label-collision.js'
import type { PrefixSidEntry } from './prefix-sids.js'

/** A label that only one node knows. */
export interface LocalLabel {
  readonly node: number
  readonly label: number
  /** The link that an adjacency-SID sends the packet over. */
  readonly link: number
  /** The router at its other end; on a LAN, the one that the SID is for. */
  readonly to: number
  /** Where the link fails, the packet takes a repair (the B-flag of RFC 8667 §2.2.1). */
  readonly protected?: true
}

/** A binding-SID: a label for which a node pushes others (RFC 8402 §5). */
export interface BindingLabel {
  readonly node: number
  readonly label: number
  /** Top first. */
  readonly push: readonly number[]
}

export interface NetworkParts {
  readonly graph: Graph
  readonly topologies: ReadonlyMap<number, AlgorithmTopology>
  /** By node number. */
  readonly blocks: readonly (readonly LabelRange[])[]
  readonly sids: readonly PrefixSidEntry[]
  readonly localLabels?: readonly LocalLabel[]
  readonly bindings?: readonly BindingLabel[]
  /** The network before an outage: its routes are the start of the routes after it. */
  readonly before?: Before
}

interface Before {
  readonly network: LabelNetwork
  readonly links: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
  /** What segments were, where the outage changed them. */
  readonly sids: ReadonlyMap<PrefixSidEntry, PrefixSidEntry>
}

/** What is down. */
export interface Outage {
  readonly links?: ReadonlySet<number>
  readonly nodes?: ReadonlySet<number>
  /** Nodes that do not advertise a segment any more: an instance of its service is down. */
  readonly members?: readonly { readonly sid: PrefixSidEntry; readonly node: number }[]
  /** The same by the name of the service, for what has no prefix-SID. */
  readonly services?: readonly { readonly service: string; readonly node: number }[]
}

/**
 * A network as its label switching sees it: the algorithms, every node's label block, and every
 * segment. Routes are computed when they are first asked for, and kept.
 */
export class LabelNetwork {
  readonly graph: Graph
  readonly #topologies: ReadonlyMap<number, AlgorithmTopology>
  readonly #blocks: readonly (readonly LabelRange[])[]
  /** By scope (of joined instances) and index: the one prefix and algorithm that has it, by the preference of the routes. */
  readonly #byIndex: Map<string | number, readonly PrefixSidEntry[]>
  readonly #scoped = new Map<string, AlgorithmTopology>()
  readonly #local = new Map<string, LocalLabel[]>()
  readonly #routes = new Map<PrefixSidEntry, Routes>()
  /** Those of an earlier network, mended when somebody asks for them. */
  readonly #earlier = new Map<PrefixSidEntry, RoutesBefore>()
  readonly #bindings = new Map<string, BindingLabel>()
  readonly #parts: NetworkParts

  constructor(parts: NetworkParts) {
    this.#parts = parts
    this.graph = parts.graph
    this.#topologies = parts.topologies
    this.#blocks = parts.blocks
    const { before } = parts
    const isSame = before !== undefined && before.sids.size === 0
    this.#byIndex = isSame ? before.network.#byIndex : new Map()
    if (!isSame) for (const sid of parts.sids) this.#addSid(sid)
    for (const local of parts.localLabels ?? []) {
      const key = `${local.node}|${local.label}`
      this.#local.set(key, [...(this.#local.get(key) ?? []), local])
    }
    for (const binding of parts.bindings ?? []) this.#bindings.set(`${binding.node}|${binding.label}`, binding)
  }

  blockOf(node: number): readonly LabelRange[] {
    return this.#blocks[node] ?? []
  }

  topology(algorithm: number): AlgorithmTopology | undefined {
    return this.#topologies.get(algorithm)
  }

  /** What the label of this segment is at this node; undefined when its block has no room for it. */
  labelAt(node: number, sid: PrefixSidEntry): number | undefined {
    return labelOfIndex(this.blockOf(node), sid.index)
  }

  sidAt(node: number, label: number): PrefixSidEntry | undefined {
    const index = indexOfLabel(this.blockOf(node), label)
    if (index === undefined) return undefined
    const scopes = this.graph.joined?.ofNode[node]
    const known = scopes?.flatMap((scope) => this.#known(scope, index)) ?? this.#known(undefined, index)
    return known.length < 2 ? known[0] : this.#preferred(node, known)
  }

  #known(scope: number | undefined, index: number): readonly PrefixSidEntry[] {
    return this.#byIndex.get(keyOf(scope, index)) ?? []
  }

  #addSid(sid: PrefixSidEntry): void {
    const known = this.#known(sid.scope, sid.index)
    const order = known[0] === undefined ? 0 : compareFecs(sid, known[0])
    if (order > 0) return
    const same = order < 0 ? [] : known.filter((one) => (one.preference ?? 0) !== (sid.preference ?? 0))
    // Of equal ones the first: a planned segment stands before what the network has.
    if (order === 0 && same.length < known.length) return
    this.#byIndex.set(
      keyOf(sid.scope, sid.index),
      [...same, sid].sort((a, b) => (a.preference ?? 0) - (b.preference ?? 0)),
    )
  }

  /**
   * What a node takes where several of its instances know the index, or one of them by several kinds of routes: a segment of its own; never the route that
   * it advertises into an instance itself; of the others one that it can reach, of IS-IS level 1, then of level 2,
   * then leaked down (RFC 5302 §3.2), of OSPF of an area, then of another (RFC 2328 §16.2), and then the nearest.
   */
  #preferred(node: number, known: readonly PrefixSidEntry[]): PrefixSidEntry | undefined {
    const own = (sid: PrefixSidEntry) => sid.members.filter((member) => member.node === node)
    const ending = known.find((sid) => own(sid).some((member) => member.leaks !== true))
    if (ending !== undefined) return ending
    const foreign = known.filter((sid) => own(sid).length === 0)
    const rank = (sid: PrefixSidEntry): readonly number[] => {
      const isLevel2 = this.graph.joined?.names[sid.scope ?? -1]?.startsWith('isis-l2') ?? false
      const distance = this.routes(sid)?.distance[node] ?? Number.POSITIVE_INFINITY
      return [Number.isFinite(distance) ? 0 : 1, (sid.preference ?? 0) + (isLevel2 ? 1 : 0), distance]
    }
    const ranked = foreign.map((sid) => ({ sid, rank: rank(sid) }))
    ranked.sort((a, b) => a.rank.reduce((order, value, i) => order || Math.sign(value - (b.rank[i] ?? 0)) || 0, 0))
    return ranked[0]?.sid ?? known[0]
  }

  /** Several links for the label of a set of adjacencies (RFC 8402 §3.4.1): the packets are shared among them. */
  localsAt(node: number, label: number): readonly LocalLabel[] {
    return this.#local.get(`${node}|${label}`) ?? []
  }

  bindingAt(node: number, label: number): BindingLabel | undefined {
    return this.#bindings.size === 0 ? undefined : this.#bindings.get(`${node}|${label}`)
  }

  /** The same network with more binding-SIDs; routes that are known stay known. */
  withBindings(more: readonly BindingLabel[]): LabelNetwork {
    if (more.length === 0) return this
    const network = new LabelNetwork({ ...this.#parts, bindings: [...(this.#parts.bindings ?? []), ...more] })
    for (const [sid, routes] of this.#routes) network.#routes.set(sid, routes)
    for (const [sid, earlier] of this.#earlier) network.#earlier.set(sid, earlier)
    return network
  }

  /**
   * Takes over the routes of an earlier network of the same nodes and segments, as far as they are right still or
   * quickly made right; `changes` by algorithm.
   */
  keepRoutes(earlier: LabelNetwork, changes: ReadonlyMap<number, LinkChange>): void {
    const keep = (sid: PrefixSidEntry, known: RoutesBefore): void => {
      const [topology, change] = [this.#topologyOf(sid), changes.get(sid.algorithm)]
      if (topology === undefined || change === undefined) return
      const again = routesAgain(known, topology, change)
      if (again === undefined) return
      if (again.lost.length === 0) this.#routes.set(sid, { ...again.routes, topology })
      else this.#earlier.set(sid, again)
    }
    for (const [sid, routes] of earlier.#routes) keep(sid, { routes, lost: [], age: 0 })
    for (const [sid, known] of earlier.#earlier) keep(sid, known)
  }

  /** Undefined when nobody computes the segment's algorithm. */
  routes(sid: PrefixSidEntry): Routes | undefined {
    const topology = this.#topologyOf(sid)
    if (topology === undefined) return undefined
    let routes = this.#routes.get(sid)
    if (routes === undefined) {
      const earlier = this.#earlier.get(sid)
      routes = earlier === undefined ? this.#compute(topology, sid) : mendedRoutes(earlier, topology, sid.members)
      this.#routes.set(sid, routes)
      this.#earlier.delete(sid)
    }
    return routes
  }

  /** What the routers of the segment's instance compute. */
  #topologyOf({ algorithm, scope }: PrefixSidEntry): AlgorithmTopology | undefined {
    const whole = this.#topologies.get(algorithm)
    if (whole === undefined || scope === undefined) return whole
    const key = `${algorithm}|${scope}`
    const known = this.#scoped.get(key) ?? scopedTopology(whole, scope)
    this.#scoped.set(key, known)
    return known
  }

  #compute(topology: AlgorithmTopology, sid: PrefixSidEntry): Routes {
    const { before } = this.#parts
    const old = before?.network.routes(before.sids.get(sid) ?? sid)
    return before === undefined || old === undefined
      ? routesTo(topology, sid.members)
      : routesAfter(old, topology, sid.members, before)
  }

  get localLabels(): readonly LocalLabel[] {
    return this.#parts.localLabels ?? []
  }

  get sids(): readonly PrefixSidEntry[] {
    return this.#parts.sids
  }

  get bindings(): readonly BindingLabel[] {
    return this.#parts.bindings ?? []
  }

  /** What a segment of the network before an outage is after it. */
  sidOf(before: PrefixSidEntry): PrefixSidEntry {
    for (const [now, old] of this.#parts.before?.sids ?? []) if (old === before) return now
    return before
  }

  /** What a segment was before the outage. */
  sidBefore(now: PrefixSidEntry): PrefixSidEntry {
    return this.#parts.before?.sids.get(now) ?? now
  }

  /** The same network after an outage, once every router has converged. */
  without(outage: Outage): LabelNetwork {
    const { graph, topologies, sids } = this.#parts
    const { changed, deadLinks } = withoutTopologies(graph, topologies, outage)
    const gone = (sid: PrefixSidEntry, node: number): boolean =>
      outage.members?.some((one) => one.sid === sid && one.node === node) ?? false
    const changedSids = new Map<PrefixSidEntry, PrefixSidEntry>()
    const left = sids.map((sid) => {
      if (!outage.members?.some((one) => one.sid === sid)) return sid
      const rest = { ...sid, members: sid.members.filter((member) => !gone(sid, member.node)) }
      changedSids.set(rest, sid)
      return rest
    })
    const before = { network: this, links: deadLinks, nodes: new Set(outage.nodes), sids: changedSids }
    const isLeft = (local: LocalLabel): boolean =>
      !deadLinks.has(local.link) && !outage.nodes?.has(local.to) && !isCutOffLan(graph, deadLinks, local)
    const localLabels = (this.#parts.localLabels ?? []).filter(isLeft)
    return new LabelNetwork({ ...this.#parts, topologies: changed, sids: left, localLabels, before })
  }
}

function keyOf(scope: number | undefined, index: number): string | number {
  return scope === undefined ? index : `${scope}|${index}`
}

/** The neighbour's own half of the LAN is down. */
function isCutOffLan(graph: Graph, dead: ReadonlySet<number>, { link, to }: LocalLabel): boolean {
  const lan = graph.targets[link] as number
  return lan !== to && graph.links.some((half) => dead.has(half.index) && half.from === lan && half.to === to)
}

/** The algorithms without what is down. */
export function withoutTopologies(
  graph: Graph,
  topologies: ReadonlyMap<number, AlgorithmTopology>,
  outage: Outage,
): { readonly changed: ReadonlyMap<number, AlgorithmTopology>; readonly deadLinks: ReadonlySet<number> } {
  const dead = graph.links.filter(
    ({ index, from, to }) => outage.links?.has(index) || outage.nodes?.has(from) || outage.nodes?.has(to),
  )
  const changed = [...topologies].map(([algorithm, topology]): [number, AlgorithmTopology] => {
    const weights = topology.weights.slice()
    const member = topology.member.slice()
    for (const { index } of dead) weights[index] = Number.POSITIVE_INFINITY
    for (const node of outage.nodes ?? []) member[node] = 0
    return [algorithm, { ...topology, weights, member }]
  })
  return { changed: new Map(changed), deadLinks: new Set(dead.map((link) => link.index)) }
}
