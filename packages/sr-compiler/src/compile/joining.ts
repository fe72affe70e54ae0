import { costOfLinks, type Graph, type LabelNetwork, type PrefixSidEntry } from '@segchain/path-engine'

/** Segments that lead from where packets are to one of them, over nodes that join IGP instances. */
export interface Way {
  /** The segment itself last; before it, the node-SIDs of joining nodes. */
  readonly sids: readonly PrefixSidEntry[]
  /** In the algorithm's metric, from the farthest of the starts. */
  readonly cost: number
}

/**
 * A SID is known in its own instance alone. In the instance of the packet it is used as it is; else the stack
 * goes over the joining nodes with the least cost, then with the fewest of them, then the first by name.
 * Undefined when no node joins them in the segment's algorithm.
 */
export function wayTo(network: LabelNetwork, from: readonly number[], sid: PrefixSidEntry): Way | undefined {
  const { joined } = network.graph
  if (joined === undefined) return { sids: [sid], cost: 0 }
  const same = network.sids.filter(
    (one) => one.index === sid.index && one.prefix === sid.prefix && one.algorithm === sid.algorithm,
  )
  const direct = cheapest(same.map((one) => ({ sids: [one], cost: costTo(network, from, one) })))
  if (direct !== undefined) return direct
  const joiners = network.sids.filter(
    (one) =>
      one.nodeSid &&
      one.algorithm === sid.algorithm &&
      one.prefix.includes(':') === sid.prefix.includes(':') &&
      one.members.every(({ node }) => (joined.ofNode[node]?.length ?? 0) > 1),
  )
  const ways = new Map<PrefixSidEntry | undefined, Way>([[undefined, { sids: [], cost: 0 }]])
  // Bellman and Ford: no way needs more joining nodes than there are instances.
  for (let round = 0; round < joined.names.length; round += 1) {
    for (const [at, way] of [...ways]) {
      const start = at === undefined ? from : at.members.map(({ node }) => node)
      for (const next of joiners) {
        if (at !== undefined && next.members[0]?.node === at.members[0]?.node) continue
        const found = { sids: [...way.sids, next], cost: way.cost + costTo(network, start, next) }
        const better = cheapest([...(ways.has(next) ? [ways.get(next) as Way] : []), found])
        if (better !== undefined) ways.set(next, better)
      }
    }
  }
  return cheapest(
    [...ways].flatMap(([at, way]) =>
      at === undefined
        ? []
        : same.map((one) => ({
            sids: [...way.sids, one],
            cost:
              way.cost +
              costTo(
                network,
                at.members.map(({ node }) => node),
                one,
              ),
          })),
    ),
  )
}

/** The first of the cheapest with the fewest segments. */
function cheapest(ways: readonly Way[]): Way | undefined {
  return ways
    .filter(({ cost }) => Number.isFinite(cost))
    .reduce<Way | undefined>((best, way) => {
      if (best === undefined || way.cost < best.cost) return way
      return way.cost === best.cost && way.sids.length < best.sids.length ? way : best
    }, undefined)
}

/** Infinity outside of the segment's instance. */
function costTo(network: LabelNetwork, from: readonly number[], sid: PrefixSidEntry): number {
  const routes = network.routes(sid)
  const { joined } = network.graph
  const known = from.every((node) => sid.scope === undefined || joined?.ofNode[node]?.includes(sid.scope))
  if (routes === undefined || !known) return Number.POSITIVE_INFINITY
  return Math.max(...from.map((node) => costOfLinks(routes, node, ...sid.members.map((member) => member.node))))
}

/** What the plan adds is advertised in every instance that a member is in, there with the members in it. */
export function overInstances(graph: Graph, sids: readonly PrefixSidEntry[]): readonly PrefixSidEntry[] {
  const { joined } = graph
  if (joined === undefined) return sids
  return sids.flatMap((sid) => {
    if (sid.scope !== undefined) return [sid]
    return joined.names.flatMap((_, scope) => {
      const members = sid.members.filter(({ node }) => joined.ofNode[node]?.includes(scope))
      return members.length === 0 ? [] : [{ ...sid, scope, members }]
    })
  })
}

/** `isis-l1/0 and isis-l2/0`, of a node that joins them. */
export function joinsOf({ joined }: Graph, sid: PrefixSidEntry): string | undefined {
  const scopes = joined?.ofNode[sid.members[0]?.node ?? -1] ?? []
  return scopes.length < 2 ? undefined : scopes.map((scope) => joined?.names[scope]).join(' and ')
}
