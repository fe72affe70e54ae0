import {
  type LabelNetwork,
  outcomes,
  type PrefixSidEntry,
  type Trace,
  trace,
  whyNotInOrder,
  worstDelayUs,
} from '@segchain/path-engine'
import type { Rejection } from '@segchain/records'
import type { ChainIntent } from '../intents/schema/index.js'
import { type ChainFailure, chooseBest, describeServices } from './choose-best.js'
import { choosePinned } from './pinned.js'
import { buildStack, isFailure, type Stack, type StackFailure } from './stack.js'

/** What a chain asks for, looked up: where it begins, which segments it may take, where it ends. */
export interface ChainRequest {
  readonly spec: ChainIntent['spec']
  readonly headend: number
  readonly sidOfService: (name: string) => PrefixSidEntry | undefined
  readonly endpoint: PrefixSidEntry
  /** Labels that the headend can push; undefined when nobody says. */
  readonly msd?: number
}

export interface ChosenChain {
  readonly services: readonly string[]
  readonly stack: Stack
  readonly trace: Trace
  readonly delayUs?: number
  readonly rejected: readonly Rejection[]
}

/** A pinned chain also needs to know the hosts. */
export interface PinnedContext {
  readonly nodeSid: (node: number) => PrefixSidEntry | undefined
  readonly nameOf: (node: number) => string
}

/** Every way to take the chain's alternatives is looked at; a pinned chain chooses its instances together. */
export function chooseChain(
  network: LabelNetwork,
  request: ChainRequest,
  pinned: PinnedContext,
): ChosenChain | ChainFailure {
  if (request.spec.mode === 'pinned') return choosePinnedChain(network, request, pinned)
  return chooseBest(request.spec, (services) => {
    const way = evaluate(network, request, services)
    return 'why' in way ? way : { ...way, cost: way.stack.cost }
  })
}

function choosePinnedChain(
  network: LabelNetwork,
  request: ChainRequest,
  context: PinnedContext,
): ChosenChain | ChainFailure {
  const fail = (what: string, failure: StackFailure): ChainFailure => ({ failures: [{ what, ...failure }] })
  const choice = choosePinned((from, sid) => costTo(network, from, sid), request, context.nodeSid, context.nameOf)
  if ('why' in choice) return fail('pinned', choice)
  const what = describeServices(choice.services)
  const stack = buildStack(network, request.headend, choice.sids)
  if (isFailure(stack)) return fail(what, stack)
  const result = checkBounds(network, request, stack, choice.services)
  return 'why' in result ? fail(what, result) : { ...result, services: choice.services, rejected: choice.rejected }
}

function evaluate(
  network: LabelNetwork,
  request: ChainRequest,
  services: readonly string[],
): { stack: Stack; trace: Trace; delayUs?: number } | StackFailure {
  const sids = services.map(request.sidOfService)
  const missing = sids.indexOf(undefined)
  if (missing >= 0) return { code: 'SERVICE_WITHOUT_SID', why: `${services[missing]} has no SID` }
  const stack = buildStack(network, request.headend, [...sids.filter((sid) => sid !== undefined), request.endpoint])
  if (isFailure(stack)) return stack
  return checkBounds(network, request, stack, services)
}

function checkBounds(
  network: LabelNetwork,
  request: ChainRequest,
  stack: Stack,
  services: readonly string[],
): { stack: Stack; trace: Trace; delayUs?: number } | StackFailure {
  const depth = stack.entries.length
  const { msd } = request
  if (msd !== undefined && depth > msd) {
    return {
      code: 'STACK_TOO_DEEP',
      why: `its stack has ${depth} labels, and the headend can push ${msd} (MSD, RFC 8664 §4.1.1)`,
      hint: `at most ${msd - 1} services before the endpoint; or another headend`,
    }
  }
  const bounds = request.spec.bounds ?? {}
  if (bounds.labels !== undefined && depth > bounds.labels) {
    return { code: 'BOUND_LABELS', why: `its stack has ${depth} labels, and bounds.labels is ${bounds.labels}` }
  }
  const path = trace(
    network,
    request.headend,
    stack.entries.map((entry) => entry.label),
  )
  const lost = outcomes(path).find((hop) => hop.action === 'drop')
  if (lost !== undefined) return { code: 'STACK_DROPPED', why: `the stack would be dropped: ${lost.why}` }
  const endpoint = request.endpoint.members[0]?.node ?? -1
  const disorder = whyNotInOrder(path, services, endpoint)
  if (disorder !== undefined)
    return { code: 'NOT_IN_ORDER', why: `the network would not follow the chain: ${disorder}` }
  const delayUs = worstDelayUs(network, path)
  if (bounds.delayUs !== undefined && (delayUs === undefined || delayUs > bounds.delayUs)) {
    const delay = delayUs === undefined ? 'unknown (a link tells no delay)' : `${delayUs} us`
    return { code: 'BOUND_DELAY', why: `its delay is ${delay}, and bounds.delayUs is ${bounds.delayUs}` }
  }
  return { stack, trace: path, ...(delayUs === undefined ? {} : { delayUs }) }
}

function costTo(network: LabelNetwork, from: number, sid: PrefixSidEntry): number {
  const routes = network.routes(sid)
  if (routes === undefined) return Number.POSITIVE_INFINITY
  return routes.sinks.has(from) ? 0 : (routes.distance[from] ?? Number.POSITIVE_INFINITY)
}
