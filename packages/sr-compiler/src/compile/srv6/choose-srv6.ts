import {
  type Carrier,
  compressSids,
  costOfLinks,
  type Encapsulation,
  encapsulate,
  type Locator,
  nodeAt,
  nodeName,
  outcomes,
  type Srv6Network,
  type Srv6Sid,
  type Srv6Trace,
  sinksReachedFrom,
  traceSrv6,
  whyNotInOrder,
  worstDelayUs,
} from '@segchain/path-engine'
import type { ChainIntent } from '../../intents/schema/index.js'
import { type Best, type ChainFailure, chooseBest } from '../choose-best.js'
import { choosePinned } from '../pinned.js'
import { firstThatHolds } from '../pinned-held.js'
import type { StackFailure } from '../stack.js'
import { wayDelayUs } from '../way-delay.js'

/** A segment of the list: the locator that leads there, and the SID that is met there. */
export interface Srv6Stop {
  readonly locator: Locator
  readonly sid: Srv6Sid
}

export interface Srv6Request {
  readonly spec: ChainIntent['spec']
  readonly headend: number
  readonly endpoint: Srv6Stop
  readonly endpointNode: number
  readonly stopOfService: (name: string) => Srv6Stop | undefined
  readonly stopOfNode: (node: number) => Srv6Stop | undefined
  /** Why a node cannot take part, or undefined. */
  readonly whyUnable: (node: number) => string | undefined
  readonly encapsulation: Encapsulation
}

export interface Srv6Way {
  readonly cost: number
  readonly stops: readonly (Srv6Stop & { readonly ends: readonly number[] })[]
  readonly carriers: readonly Carrier[]
  readonly trace: Srv6Trace
  readonly delayUs?: number
}
export type ChosenSrv6 = Best<Srv6Way>

/** As for label stacks (`chooseChain`), with SIDs; every way is compressed, traced and measured. */
export function chooseSrv6(network: Srv6Network, request: Srv6Request): ChosenSrv6 | ChainFailure {
  const unable = request.whyUnable(request.headend)
  if (unable !== undefined) return { failures: [{ what: 'the headend', ...cannot(unable) }] }
  if (request.spec.mode === 'pinned') return choosePinnedSrv6(network, request)
  return chooseBest(request.spec, (services) => {
    const stops = services.map((name) => request.stopOfService(name))
    const missing = stops.indexOf(undefined)
    if (missing >= 0) return { code: 'SERVICE_WITHOUT_SID', why: `${services[missing]} has no SRv6 locator` }
    return evaluateSrv6(network, request, services, [...stops.filter((stop) => stop !== undefined), request.endpoint])
  })
}

function choosePinnedSrv6(network: Srv6Network, request: Srv6Request): ChosenSrv6 | ChainFailure {
  const stops = new Map<Locator, Srv6Stop>([[request.endpoint.locator, request.endpoint]])
  const locatorOf = (stop: Srv6Stop | undefined): Locator | undefined => {
    if (stop !== undefined) stops.set(stop.locator, stop)
    return stop?.locator
  }
  const { spec } = request
  const held = firstThatHolds(
    (limits) =>
      choosePinned(
        {
          costTo: (from, locator: Locator) => costTo(network, from, locator),
          delayTo: (from, locator) => wayDelayUs(network.graph, network.routes(locator), from),
        },
        {
          spec,
          headend: request.headend,
          endpoint: request.endpoint.locator,
          sidOfService: (name) => locatorOf(request.stopOfService(name)),
        },
        (node) => locatorOf(request.stopOfNode(node)),
        (node) => nodeName(nodeAt(network.graph, node)),
        limits,
      ),
    ({ code }) => ({
      ...(spec.bounds?.delayUs === undefined ? {} : { delayUs: spec.bounds.delayUs }),
      // How many carriers a list needs is only known of the whole: shorter lists are tried, none is ruled out.
      ...(code === 'BOUND_SIDS' || code === 'SRH_TOO_LONG' ? { depth: Number.POSITIVE_INFINITY } : {}),
    }),
    ({ sids, services }) => {
      const list = sids.flatMap((locator) => stops.get(locator) ?? [])
      // Somebody has to take the outer header off, also where the last service is on the endpoint.
      if (list.at(-1)?.sid.service !== undefined || list.length === 0) list.push(request.endpoint)
      return evaluateSrv6(network, request, services, list)
    },
  )
  if ('why' in held) return { failures: [held] }
  const { services, rejected } = held.choice
  return { ...held.way, services, rejected }
}

/** The list is compressed, traced and measured. */
export function evaluateSrv6(
  network: Srv6Network,
  request: Srv6Request,
  services: readonly string[],
  list: readonly Srv6Stop[],
): Srv6Way | StackFailure {
  for (const { locator } of list) {
    const unable = locator.members.map(({ node }) => request.whyUnable(node)).find((why) => why !== undefined)
    if (unable !== undefined) return cannot(unable)
  }
  const reached = reach(network, request.headend, list)
  if ('why' in reached) return reached
  const carriers = compressSids(list.map((stop) => stop.sid))
  if ('why' in carriers) return { code: 'SID_LIST', why: carriers.why }
  const tooLong = whyTooLong(network, request, carriers.length)
  if (tooLong !== undefined) return tooLong
  const packet = encapsulate(
    carriers.map((carrier) => carrier.address),
    request.encapsulation,
  )
  const trace = traceSrv6(network, request.headend, packet)
  const lost = outcomes(trace).find((hop) => hop.action === 'drop')
  if (lost !== undefined) return { code: 'PACKET_DROPPED', why: `the packet would be dropped: ${lost.why}` }
  const disorder = whyNotInOrder(trace, services, request.endpointNode)
  if (disorder !== undefined)
    return { code: 'NOT_IN_ORDER', why: `the network would not follow the chain: ${disorder}` }
  const delayUs = worstDelayUs(network, trace)
  const most = request.spec.bounds?.delayUs
  if (most !== undefined && (delayUs === undefined || delayUs > most)) {
    const delay = delayUs === undefined ? 'unknown (a link tells no delay)' : `${delayUs} us`
    return { code: 'BOUND_DELAY', why: `its delay is ${delay}, and bounds.delayUs is ${most}` }
  }
  return { ...reached, carriers, trace, ...(delayUs === undefined ? {} : { delayUs }) }
}

function cannot(why: string): StackFailure {
  return { code: 'NO_SRV6', why, hint: 'configure SRv6 on it; or Device spec.srv6: true; or dataPlane: mpls, or auto' }
}

/** RFC 9352 §4.3 and the chain's own bound. */
function whyTooLong(network: Srv6Network, request: Srv6Request, entries: number): StackFailure | undefined {
  const most = request.spec.bounds?.sids
  if (most !== undefined && entries > most) {
    return { code: 'BOUND_SIDS', why: `its list has ${entries} entries of 128 bits, and bounds.sids is ${most}` }
  }
  const inHeader = entries === 1 ? 0 : request.encapsulation === 'H.Encaps' ? entries : entries - 1
  const limit = network.limits(request.headend)?.maxHEncaps
  if (limit === undefined || inHeader <= limit) return undefined
  return {
    code: 'SRH_TOO_LONG',
    why: `its SRH has ${inHeader} entries, and the headend can push ${limit} (MSD type 44, RFC 9352 §4.3)`,
    hint: 'fewer services, micro-SIDs (spec.srv6.csid: next of the Network intent), or another headend',
  }
}

/** Where each segment may end, and what the dearest branch costs. */
function reach(
  network: Srv6Network,
  headend: number,
  list: readonly Srv6Stop[],
): Pick<Srv6Way, 'cost' | 'stops'> | StackFailure {
  let costs = new Map([[headend, 0]])
  const stops: (Srv6Stop & { ends: readonly number[] })[] = []
  for (const stop of list) {
    const { locator } = stop
    const routes = network.routes(locator)
    if (routes === undefined)
      return { code: 'ALGORITHM_UNKNOWN', why: `nobody computes algorithm ${locator.algorithm}` }
    const next = new Map<number, number>()
    for (const [node, cost] of costs) {
      const ends = routes.sinks.has(node) ? [node] : sinksReachedFrom(routes, node)
      if (ends.length === 0) return unreachable(network, node, locator)
      const [link, to] = [stop.sid.link ?? -1, stop.sid.to]
      const onward = to === undefined ? 0 : (routes.topology.weights[link] as number)
      for (const end of ends) {
        const total = cost + costOfLinks(routes, node, end) + onward
        next.set(to ?? end, Math.max(total, next.get(to ?? end) ?? 0))
      }
    }
    stops.push({ ...stop, ends: [...next.keys()].sort((a, b) => a - b) })
    costs = next
  }
  return { stops, cost: Math.max(0, ...costs.values()) }
}

export function costTo(network: Srv6Network, from: number, locator: Locator): number {
  const routes = network.routes(locator)
  if (routes === undefined) return Number.POSITIVE_INFINITY
  return costOfLinks(routes, from, ...locator.members.map(({ node }) => node))
}

function unreachable(network: Srv6Network, from: number, locator: Locator): StackFailure {
  const topology = network.topology(locator.algorithm)
  const nodes = [from, ...locator.members.map(({ node }) => node)]
  const absent = nodes.map((node) => topology?.absent.get(node)).find((why) => why !== undefined)
  return {
    code: 'UNREACHABLE',
    why: `the locator of ${locator.owner} cannot be reached from ${nodeName(nodeAt(network.graph, from))} with algorithm ${locator.algorithm}${absent === undefined ? '' : `: ${absent}`}`,
    ...(absent === undefined ? {} : { hint: 'let the node take part in the algorithm (FlexAlgo spec.nodes)' }),
  }
}
