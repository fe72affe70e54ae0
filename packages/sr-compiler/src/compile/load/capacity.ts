import {
  type DisjointWalks,
  type Graph,
  linkAt,
  nodeAt,
  nodeName,
  type Route,
  searchWalks,
  sharesOf,
  type Walk,
} from '@segchain/path-engine'
import type { PolicyContext } from '../policy-context.js'
import type { SteeredSrv6 } from '../srv6/steered-srv6.js'
import type { Steered } from '../steered.js'
import { type Mover, mplsMover, srv6Mover, type Way } from './movers.js'

/** What a Steering puts on something: flows on an instance, bytes a second on a link. */
type Loads = ReadonlyMap<string, number>

interface Placed extends Route {
  readonly loads: Loads
  readonly way: Way<Steered | SteeredSrv6>
}

/** Whose loads they are. */
interface Carrier {
  readonly steering: Steered['steering']
  readonly loads: Loads
  readonly isMovable: boolean
}

/** How much each thing can carry; absent where nobody says. */
type Room = (resource: string) => number | undefined

/** Chains on both data planes. */
export interface Placement {
  readonly steered: readonly Steered[]
  readonly beside: readonly SteeredSrv6[]
}

/**
 * Demands against the capacity of instances and the bandwidth of links. Where something would be overloaded, the pinned
 * chains are placed together anew: the cheapest set of explicit ways under which everything has room. Traffic to anycast
 * SIDs goes where the IGP takes it, and is only counted. What stays overloaded is named with whose traffic it is.
 */
export function placeByCapacity(steered: readonly Steered[], context: PolicyContext): Placement {
  const { beside = [], srv6Network } = context
  const all = [...steered, ...beside]
  if (all.every(({ steering }) => steering.spec.demand === undefined)) return { steered, beside }
  const room = roomOf(context)
  const carriers: Carrier[] = [...steered.map(carrierOf), ...beside.map(carrierOf)]
  const over = mostOverloaded(sumOf(carriers.map(({ loads }) => loads)), room)
  if (over === undefined) return { steered, beside }
  const fixed = sumOf(carriers.flatMap(({ loads, isMovable }) => (isMovable ? [] : [loads])))
  const base = mostOverloaded(fixed, room)
  const movers: Mover<Steered | SteeredSrv6>[] = [
    ...steered.filter(isMovable).map((one) => mplsMover(one, context)),
    ...(srv6Network === undefined ? [] : beside.filter(isMovable).map((one) => srv6Mover(one, srv6Network, context))),
  ]
  const placed = base === undefined ? place(movers, fixed, room) : undefined
  const walks = placed?.walks
  if (walks === undefined) {
    const search = placed === undefined || movers.length === 0 ? '' : placed.proven ? RULED_OUT : GIVEN_UP
    report(base ?? over, carriers, room, search, context)
    return { steered, beside }
  }
  const why = `${describe(context.graph, over)} would be overloaded`
  const moved = new Map(movers.map(({ steering }, i) => [steering, walks[i]?.way.take(why)]))
  const next = <S extends Steered | SteeredSrv6>(one: S): S => (moved.get(one.steering) as S | undefined) ?? one
  return { steered: steered.map(next), beside: beside.map(next) }
}

/** Weights, and keeping apart, have decided the way already. */
function isMovable(one: Pick<Steered, 'chain' | 'disjointFrom'> & { readonly lists?: unknown }): boolean {
  return one.chain.spec.mode === 'pinned' && one.lists === undefined && one.disjointFrom === undefined
}

function carrierOf(one: Steered | SteeredSrv6): Carrier {
  const { steering } = one
  const lists: readonly { readonly weight: number; readonly chosen: { readonly trace: Walk } }[] = one.lists ?? [
    { weight: 1, chosen: one.chosen },
  ]
  const { flows = 0, bandwidthBytesPerSec = 0 } = steering.spec.demand ?? {}
  const loads = new Map<string, number>()
  const all = lists.reduce((sum, { weight }) => sum + weight, 0)
  for (const { chosen, weight } of lists) {
    const shares = sharesOf(chosen.trace)
    for (const [key, share] of shares?.services ?? []) add(loads, `instance ${key}`, (share * flows * weight) / all)
    for (const [link, share] of shares?.links ?? [])
      add(loads, `link ${link}`, (share * bandwidthBytesPerSec * weight) / all)
  }
  return { steering, loads, isMovable: isMovable(one) }
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

function place(movers: readonly Mover<Steered | SteeredSrv6>[], fixed: Loads, room: Room): DisjointWalks<Placed> {
  const travellers = movers.map((mover) => {
    const { flows = 0, bandwidthBytesPerSec = 0 } = mover.steering.spec.demand ?? {}
    const cheapest = (excluded: ReadonlySet<string>): Placed | undefined => {
      const names = [...excluded]
      const links = names.flatMap((name) => (name.startsWith('link ') ? [Number(name.slice('link '.length))] : []))
      const instances = new Set(names.map((name) => name.replace(/^instance /, '')))
      const way = mover.cheapest(new Set(links), instances)
      if (way === undefined) return undefined
      const loads = new Map<string, number>()
      for (const { service, node, links: passed } of way.stops) {
        for (const link of passed) add(loads, `link ${link}`, bandwidthBytesPerSec)
        if (service !== undefined) add(loads, `instance ${service.name}|${node}`, flows)
      }
      return { cost: way.cost, uses: new Set(loads.keys()), loads, way }
    }
    return { cheapest }
  })
  return searchWalks(travellers, (placed) => {
    const resource = mostOverloaded(sumOf([fixed, ...placed.map(({ loads }) => loads)]), room)
    if (resource === undefined) return undefined
    return { resource, among: placed.flatMap(({ loads }, i) => (loads.has(resource) ? [i] : [])) }
  })
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
  carriers: readonly Carrier[],
  room: Room,
  search: string,
  { graph, problems }: PolicyContext,
): void {
  const unit = resource.startsWith('link ') ? 'bytes/s' : 'flows'
  const round = (amount: number): number => Math.round(amount * 100) / 100
  const by = carriers
    .map((one) => ({ ...one, amount: one.loads.get(resource) ?? 0 }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
  const total = by.reduce((sum, { amount }) => sum + amount, 0)
  const whose = by.map(({ steering, amount }) => `${steering.name} ${round(amount)}`).join(', ')
  const isAllMovable = by.every((one) => one.isMovable)
  problems.add(
    'OVER_CAPACITY',
    by[0]?.steering.source.at(['spec', 'demand']) ?? {},
    `${describe(graph, resource)} can take ${room(resource)} ${unit}, and ${round(total)} come: ${whose}${search}`,
    hintFor(isAllMovable),
  )
}

const RULED_OUT = '; no placement of the pinned chains has room for all: every one was ruled out'
const GIVEN_UP =
  '; no placement of the pinned chains with room for all was found before the search was given up: there may be one'

function hintFor(isAllMovable: boolean): string {
  if (isAllMovable) return 'add an instance or a link, or ask for less'
  return 'mode: pinned lets the compiler spread chains over instances; the IGP does not look at capacity'
}
