import { type Graph, linkAt, nodeAt, nodeName, type Route, searchWalks, sharesOf } from '@segchain/path-engine'
import { explicitChain } from '../disjoint/explicit-chain.js'
import { cheapestWalk, type ExplicitWalk } from '../disjoint/explicit-walk.js'
import type { PolicyContext } from '../policy-context.js'
import type { Steered } from '../steered.js'
import { alternativesOf } from './alternatives.js'

/** What a Steering puts on something: flows on an instance, bytes a second on a link. */
type Loads = ReadonlyMap<string, number>

interface Placed extends Route {
  readonly loads: Loads
  readonly walk: ExplicitWalk
}

/** How much each thing can carry; absent where nobody says. */
type Room = (resource: string) => number | undefined

/**
 * Demands against the capacity of instances and the bandwidth of links. Where something would be overloaded, the pinned
 * chains are placed together anew: the cheapest set of explicit ways under which everything has room. Traffic to anycast
 * SIDs goes where the IGP takes it, and is only counted. What stays overloaded is named with whose traffic it is.
 */
export function placeByCapacity(steered: readonly Steered[], context: PolicyContext): Steered[] {
  if (steered.every(({ steering }) => steering.spec.demand === undefined)) return [...steered]
  const room = roomOf(context)
  const loads = steered.map(loadsOf)
  const over = mostOverloaded(sumOf(loads), room)
  if (over === undefined) return [...steered]
  const movable = steered.flatMap((one, i) => (isMovable(one) ? [i] : []))
  const fixed = sumOf(loads.filter((_, i) => !movable.includes(i)))
  const base = mostOverloaded(fixed, room)
  const found =
    base !== undefined
      ? undefined
      : place(
          movable.flatMap((i) => steered[i] ?? []),
          fixed,
          room,
          context,
        )
  if (found === undefined) {
    report(base ?? over, steered, loads, room, context)
    return [...steered]
  }
  const why = `${describe(context.graph, over)} would be overloaded`
  return steered.map((one, i) => {
    const walk = found[movable.indexOf(i)]?.walk
    const chosen = walk === undefined ? undefined : explicitChain(one, walk, why, context, 'demand')
    if (chosen === undefined) return one
    const { lists: _, ...rest } = one
    return { ...rest, chosen }
  })
}

/** Weights, and keeping apart, have decided the way already. */
function isMovable(one: Steered): boolean {
  return one.chain.spec.mode === 'pinned' && one.lists === undefined && one.disjointFrom === undefined
}

function loadsOf(one: Steered): Loads {
  const { flows = 0, bandwidthBytesPerSec = 0 } = one.steering.spec.demand ?? {}
  const loads = new Map<string, number>()
  const lists = alternativesOf(one)
  const all = lists.reduce((sum, { weight }) => sum + weight, 0)
  for (const { chosen, weight } of lists) {
    const shares = sharesOf(chosen.trace)
    for (const [key, share] of shares?.services ?? []) add(loads, `instance ${key}`, (share * flows * weight) / all)
    for (const [link, share] of shares?.links ?? [])
      add(loads, `link ${link}`, (share * bandwidthBytesPerSec * weight) / all)
  }
  return loads
}

function add(loads: Map<string, number>, resource: string, amount: number): void {
  if (amount > 0) loads.set(resource, (loads.get(resource) ?? 0) + amount)
}

function sumOf(all: readonly Loads[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const loads of all) for (const [resource, amount] of loads) add(sum, resource, amount)
  return sum
}

function roomOf({ graph, intents, directory }: PolicyContext): Room {
  const instances = new Map<string, number>()
  for (const service of intents.services.values()) {
    for (const { node, capacity } of service.spec.instances) {
      const at = directory.managed.find((one) => [one.device.name, one.device.spec.node, one.node.id].includes(node))
      if (at !== undefined && capacity !== undefined)
        instances.set(`instance ${service.name}|${at.node.index}`, capacity)
    }
  }
  return (resource) => {
    if (!resource.startsWith('link ')) return instances.get(resource)
    const { record } = linkAt(graph, Number(resource.slice('link '.length)))
    return (
      record.unreservedBandwidthBytesPerSec?.[7] ??
      record.availableBandwidthBytesPerSec ??
      record.maxBandwidthBytesPerSec
    )
  }
}

/** Sums of shares are not exact: a millionth too much is none. */
const TOLERANCE = 1 + 1e-6

function mostOverloaded(loads: Loads, room: Room): string | undefined {
  let worst: { resource: string; ratio: number } | undefined
  for (const resource of [...loads.keys()].sort()) {
    const most = room(resource)
    const ratio = most === undefined ? 0 : (loads.get(resource) ?? 0) / most
    if (ratio > TOLERANCE && ratio > (worst?.ratio ?? 0)) worst = { resource, ratio }
  }
  return worst?.resource
}

function place(
  movable: readonly Steered[],
  fixed: Loads,
  room: Room,
  { network }: PolicyContext,
): readonly Placed[] | undefined {
  const travellers = movable.map((one) => {
    const topology = network.topology(one.chain.spec.algorithm ?? 0)
    const { flows = 0, bandwidthBytesPerSec = 0 } = one.steering.spec.demand ?? {}
    const cheapest = (excluded: ReadonlySet<string>): Placed | undefined => {
      const names = [...excluded]
      const links = names.flatMap((name) => (name.startsWith('link ') ? [Number(name.slice('link '.length))] : []))
      const instances = new Set(names.map((name) => name.replace(/^instance /, '')))
      const walk = topology && cheapestWalk(topology, one.request, new Set(links), instances)
      if (walk === undefined) return undefined
      const loads = new Map<string, number>()
      for (const { service, node, links: passed } of walk.stops) {
        for (const link of passed) add(loads, `link ${link}`, bandwidthBytesPerSec)
        if (service !== undefined) add(loads, `instance ${service.name}|${node}`, flows)
      }
      return { cost: walk.cost, uses: new Set(loads.keys()), loads, walk }
    }
    return { cheapest }
  })
  const found = searchWalks(travellers, (placed) => {
    const resource = mostOverloaded(sumOf([fixed, ...placed.map(({ loads }) => loads)]), room)
    if (resource === undefined) return undefined
    return { resource, among: placed.flatMap(({ loads }, i) => (loads.has(resource) ? [i] : [])) }
  })
  return found.walks
}

function describe(graph: Graph, resource: string): string {
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  if (resource.startsWith('link ')) {
    const { from, to } = linkAt(graph, Number(resource.slice('link '.length)))
    return `the link ${name(from)}-${name(to)}`
  }
  const [service = '', node = ''] = resource.slice('instance '.length).split('|')
  return `${service} on ${name(Number(node))}`
}

function report(
  resource: string,
  steered: readonly Steered[],
  loads: readonly Loads[],
  room: Room,
  { graph, problems }: PolicyContext,
): void {
  const unit = resource.startsWith('link ') ? 'bytes/s' : 'flows'
  const round = (amount: number): number => Math.round(amount * 100) / 100
  const by = steered
    .map((one, i) => ({ one, amount: loads[i]?.get(resource) ?? 0 }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
  const total = by.reduce((sum, { amount }) => sum + amount, 0)
  const [largest] = by
  const whose = by.map(({ one, amount }) => `${one.steering.name} ${round(amount)}`).join(', ')
  problems.add(
    'OVER_CAPACITY',
    largest?.one.steering.source.at(['spec', 'demand']) ?? {},
    `${describe(graph, resource)} can take ${room(resource)} ${unit}, and ${round(total)} come: ${whose}`,
    by.every(({ one }) => isMovable(one))
      ? 'no placement of the pinned chains has room for all: add an instance or a link, or ask for less'
      : 'mode: pinned lets the compiler spread chains over instances; the IGP does not look at capacity',
  )
}
