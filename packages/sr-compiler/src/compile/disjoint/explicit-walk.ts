import { type AlgorithmTopology, linkAt, type PrefixSidEntry, treeFrom } from '@segchain/path-engine'
import type { ChainIntent } from '../../intents/schema/index.js'
import { choicesOf, isOptional } from '../../lock/demands.js'

/** A segment that nodes share: a prefix-SID, or an SRv6 locator. */
interface Shared {
  readonly members: readonly { readonly node: number }[]
}

/** What a chain asks for, on either data plane. */
export interface WalkRequest<S extends Shared> {
  readonly spec: ChainIntent['spec']
  readonly headend: number
  readonly sidOfService: (name: string) => S | undefined
  readonly endpoint: S
}

/** Where a chain meets a service, and over which links it gets there. */
export interface Stop<S = PrefixSidEntry> {
  readonly links: readonly number[]
  readonly node: number
  /** Absent at the endpoint. */
  readonly service?: { readonly name: string; readonly sid: S }
}

export interface ExplicitWalk<S = PrefixSidEntry> {
  readonly cost: number
  readonly services: readonly string[]
  readonly stops: readonly Stop<S>[]
}

interface Place<S> {
  readonly node: number
  readonly skipped: number
  readonly cost: number
  readonly before: Place<S> | undefined
  readonly stop?: Stop<S>
}

/**
 * The cheapest way of a chain over chosen instances and links, by dynamic programming over its steps: fewest optional
 * services left out, then least cost in the algorithm's metric. `closed` are links that it may not take,
 * `closedInstances` (`service|node`) are full.
 */
export function cheapestWalk<S extends Shared>(
  topology: AlgorithmTopology,
  request: WalkRequest<S>,
  closed: ReadonlySet<number>,
  closedInstances: ReadonlySet<string> = new Set(),
): ExplicitWalk<S> | undefined {
  const trees = new Map<number, ReturnType<typeof treeFrom>>()
  const treeOf = (root: number) => {
    let tree = trees.get(root)
    if (tree === undefined) {
      tree = treeFrom(topology, root, { links: closed })
      trees.set(root, tree)
    }
    return tree
  }
  const go = (place: Place<S>, node: number, service?: Stop<S>['service']): Place<S> | undefined => {
    const { distance, parent } = treeOf(place.node)
    const cost = place.cost + (distance[node] ?? Number.POSITIVE_INFINITY)
    if (!Number.isFinite(cost)) return undefined
    const links: number[] = []
    for (let at = node; at !== place.node; ) {
      const link = parent[at] ?? -1
      if (link < 0) return undefined
      links.unshift(link)
      at = linkAt(topology.graph, link).from
    }
    const stop = { links, node, ...(service === undefined ? {} : { service }) }
    return { node, skipped: place.skipped, cost, before: place, stop }
  }
  let layer = new Map<number, Place<S>>([
    [request.headend, { node: request.headend, skipped: 0, cost: 0, before: undefined }],
  ])
  for (const step of request.spec.services) {
    const next = new Map<number, Place<S>>()
    if (isOptional(step)) for (const place of layer.values()) offer(next, { ...place, skipped: place.skipped + 1 })
    for (const name of choicesOf(step)) {
      const sid = request.sidOfService(name)
      for (const { node } of sid?.members ?? []) {
        if (closedInstances.has(`${name}|${node}`)) continue
        for (const place of layer.values()) if (sid !== undefined) offer(next, go(place, node, { name, sid }))
      }
    }
    layer = next
  }
  const endpoint = request.endpoint.members[0]?.node ?? -1
  const last = new Map<number, Place<S>>()
  const ends = [...layer.values()].flatMap((place) => go(place, endpoint) ?? [])
  for (const end of ends) offer(last, end)
  const best = last.get(endpoint)
  return best === undefined ? undefined : walkOf(best)
}

function offer<S>(layer: Map<number, Place<S>>, place: Place<S> | undefined): void {
  if (place === undefined) return
  const known = layer.get(place.node)
  const better =
    known === undefined || place.skipped < known.skipped || (place.skipped === known.skipped && place.cost < known.cost)
  if (better) layer.set(place.node, place)
}

function walkOf<S>(last: Place<S>): ExplicitWalk<S> {
  const stops: Stop<S>[] = []
  for (let at: Place<S> | undefined = last; at !== undefined; at = at.before)
    if (at.stop !== undefined) stops.unshift(at.stop)
  return { cost: last.cost, stops, services: stops.flatMap((stop) => stop.service?.name ?? []) }
}
