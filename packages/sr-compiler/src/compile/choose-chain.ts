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
import { choicesOf, isOptional } from '../lock/demands.js'
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

export type ChainFailure = { readonly failures: readonly (StackFailure & { readonly what: string })[] }

/** More ways to put a chain together than this are not tried one by one. */
const MAX_COMBINATIONS = 4096

/**
 * Of all ways to take the chain's alternatives, the one that leaves out the fewest optional services,
 * then the cheapest, then the first as written. Every other way is named with what spoke against it.
 */
export function chooseChain(
  network: LabelNetwork,
  request: ChainRequest,
  pinned: PinnedContext,
): ChosenChain | ChainFailure {
  if (request.spec.mode === 'pinned') return choosePinnedChain(network, request, pinned)
  const combinations = combinationsOf(request.spec)
  if (combinations === undefined) {
    const why = `its alternatives combine in more than ${MAX_COMBINATIONS} ways`
    return {
      failures: [{ what: 'the chain', code: 'TOO_MANY_WAYS', why, hint: 'split the chain, or fix some services' }],
    }
  }
  const failures: (StackFailure & { what: string })[] = []
  const possible: { services: readonly string[]; skipped: number; stack: Stack; trace: Trace; delayUs?: number }[] = []
  for (const services of combinations) {
    const result = evaluate(network, request, services)
    if ('why' in result) failures.push({ ...result, what: describe(services) })
    else possible.push({ ...result, services, skipped: request.spec.services.length - services.length })
  }
  possible.sort((a, b) => a.skipped - b.skipped || a.stack.cost - b.stack.cost)
  const [best, ...others] = possible
  if (best === undefined) return { failures }
  const rejected = [
    ...others.map((other) => ({ what: describe(other.services), why: whyNot(best, other) })),
    ...failures.map(({ what, why }) => ({ what, why })),
  ]
  return { ...best, rejected }
}

function choosePinnedChain(
  network: LabelNetwork,
  request: ChainRequest,
  context: PinnedContext,
): ChosenChain | ChainFailure {
  const fail = (what: string, failure: StackFailure): ChainFailure => ({ failures: [{ what, ...failure }] })
  const choice = choosePinned(network, request, context.nodeSid, context.nameOf)
  if ('why' in choice) return fail('pinned', choice)
  const what = describe(choice.services)
  const stack = buildStack(network, request.headend, choice.sids)
  if (isFailure(stack)) return fail(what, stack)
  const result = checkBounds(network, request, stack, choice.services)
  return 'why' in result ? fail(what, result) : { ...result, services: choice.services, rejected: choice.rejected }
}

function whyNot(
  best: { readonly skipped: number; readonly stack: Stack },
  other: { readonly skipped: number; readonly stack: Stack },
): string {
  if (other.skipped > best.skipped)
    return `it leaves out ${other.skipped} optional service(s), and ${best.skipped} is possible`
  if (other.stack.cost > best.stack.cost) return `it costs ${other.stack.cost}, the chosen one ${best.stack.cost}`
  return `it costs the same (${best.stack.cost}), and is written later`
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

function combinationsOf(spec: ChainIntent['spec']): readonly (readonly string[])[] | undefined {
  let ways: string[][] = [[]]
  for (const step of spec.services) {
    const choices: string[][] = choicesOf(step).map((name) => [name])
    if (isOptional(step)) choices.push([])
    if (ways.length * choices.length > MAX_COMBINATIONS) return undefined
    ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice]))
  }
  return ways
}

function describe(services: readonly string[]): string {
  return services.length === 0 ? 'no service at all' : services.join(' → ')
}
