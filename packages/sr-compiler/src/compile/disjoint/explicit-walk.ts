import { type AlgorithmTopology, linkAt, type PrefixSidEntry, treeFrom } from '@segchain/path-engine'
import { choicesOf, isOptional } from '../../lock/demands.js'
import type { ChainRequest } from '../choose-chain.js'

/** Where a chain meets a service, and over which links it gets there. */
export interface Stop {
  readonly links: readonly number[]
  readonly node: number
  /** Absent at the endpoint. */
  readonly service?: { readonly name: string; readonly sid: PrefixSidEntry }
}

export interface ExplicitWalk {
  readonly cost: number
  readonly services: readonly string[]
  readonly stops: readonly Stop[]
}

interface Place {
  readonly node: number
  readonly skipped: number
  readonly cost: number
  readonly before: Place | undefined
  readonly stop?: Stop
}

/**
 * The cheapest way of a chain over chosen instances and links, by dynamic programming over its steps: fewest optional
 * services left out, then least cost in the algorithm's metric. `closed` are links that it may not take,
 * `closedInstances` (`service|node`) are full.
 */
export function cheapestWalk(
  topology: AlgorithmTopology,
  request: ChainRequest,
  closed: ReadonlySet<number>,
  closedInstances: ReadonlySet<string> = new Set(),
): ExplicitWalk | undefined {
  const trees = new Map<number, ReturnType<typeof treeFrom>>()
  const treeOf = (root: number) => {
    let tree = trees.get(root)
    if (tree === undefined) {
      tree = treeFrom(topology, root, { links: closed })
      trees.set(root, tree)
    }
    return tree
  }
  const go = (place: Place, node: number, service?: Stop['service']): Place | undefined => {
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
  let layer = new Map<number, Place>([
    [request.headend, { node: request.headend, skipped: 0, cost: 0, before: undefined }],
  ])
  for (const step of request.spec.services) {
    const next = new Map<number, Place>()
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
  const last = new Map<number, Place>()
  const ends = [...layer.values()].flatMap((place) => go(place, endpoint) ?? [])
  for (const end of ends) offer(last, end)
  const best = last.get(endpoint)
  return best === undefined ? undefined : walkOf(best)
}

function offer(layer: Map<number, Place>, place: Place | undefined): void {
  if (place === undefined) return
  const known = layer.get(place.node)
  const better =
    known === undefined || place.skipped < known.skipped || (place.skipped === known.skipped && place.cost < known.cost)
  if (better) layer.set(place.node, place)
}

function walkOf(last: Place): ExplicitWalk {
  const stops: Stop[] = []
  for (let at: Place | undefined = last; at !== undefined; at = at.before)
    if (at.stop !== undefined) stops.unshift(at.stop)
  return { cost: last.cost, stops, services: stops.flatMap((stop) => stop.service?.name ?? []) }
}
