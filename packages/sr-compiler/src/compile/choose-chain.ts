import {
  costOfLinks,
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
import type { Reads } from './again/reads.js'
import { type ChainFailure, chooseBest } from './choose-best.js'
import { wayTo } from './joining.js'
import { choosePinned } from './pinned.js'
import type { PinnedLimits } from './pinned-fronts.js'
import { firstThatHolds } from './pinned-held.js'
import { bindingLabels, type Piece, type Splitter, splitStack } from './split-stack.js'
import { buildStack, isFailure, type Stack, type StackFailure } from './stack.js'
import { wayDelayUs } from './way-delay.js'

/** What a chain asks for, looked up: where it begins, which segments it may take, where it ends. */
export interface ChainRequest {
  readonly spec: ChainIntent['spec']
  readonly headend: number
  readonly sidOfService: (name: string) => PrefixSidEntry | undefined
  readonly endpoint: PrefixSidEntry
  /** Labels that the headend can push; undefined when nobody says. */
  readonly msd?: number
  /** How a stack that is too deep may be split; absent: not at all. */
  readonly splitter?: Splitter
  /** The same for another owner of binding-SIDs: a further segment list. */
  readonly splitterOf?: (owner: string) => Splitter
  /** Is told what the choice depends on. */
  readonly reads?: Reads
}

export interface ChosenChain {
  readonly services: readonly string[]
  readonly stack: Stack
  /** One for the headend; more, where binding-SIDs stand for the rest of the stack. */
  readonly pieces: readonly Piece[]
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
  const { spec, reads, msd } = request
  const measures = {
    costTo: (from: number, sid: PrefixSidEntry) => costTo(network, from, sid, reads),
    // Over several instances a segment may be more than one: the whole stack is measured in the end.
    delayTo: (from: number, sid: PrefixSidEntry) =>
      network.graph.joined === undefined ? wayDelayUs(network.graph, network.routes(sid), from) : 0,
  }
  const held = firstThatHolds(
    (limits) => choosePinned(measures, request, context.nodeSid, context.nameOf, limits),
    ({ code }) => {
      if (reads !== undefined) reads.isRepeatable = false
      return limitsOf(spec, msd, code === 'STACK_TOO_DEEP')
    },
    ({ sids, services }) => {
      const stack = buildStack(network, request.headend, sids, reads)
      return isFailure(stack) ? stack : finishChain(network, request, stack, services)
    },
  )
  if ('why' in held) return { failures: [held] }
  const { services, rejected } = held.choice
  return { ...held.way, services, rejected }
}

/** Labels are counted where they matter to somebody, also where none of the lists is ruled out by their number alone. */
function limitsOf({ bounds = {} }: ChainIntent['spec'], msd: number | undefined, isTooDeep: boolean): PinnedLimits {
  const { delayUs, labels } = bounds
  const most = Math.min(labels ?? Number.POSITIVE_INFINITY, isTooDeep ? (msd ?? 0) : Number.POSITIVE_INFINITY)
  return {
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(labels === undefined && msd === undefined ? {} : { depth: most }),
  }
}

function evaluate(
  network: LabelNetwork,
  request: ChainRequest,
  services: readonly string[],
): { stack: Stack; pieces: readonly Piece[]; trace: Trace; delayUs?: number } | StackFailure {
  const sids = services.map(request.sidOfService)
  const missing = sids.indexOf(undefined)
  if (missing >= 0) return { code: 'SERVICE_WITHOUT_SID', why: `${services[missing]} has no SID` }
  const all = [...sids.filter((sid) => sid !== undefined), request.endpoint]
  const stack = buildStack(network, request.headend, all, request.reads)
  if (isFailure(stack)) return stack
  return finishChain(network, request, stack, services)
}

/** Splits, traces and measures a stack; what the network would not do, or the chain does not allow, is a failure. */
export function finishChain(
  network: LabelNetwork,
  request: ChainRequest,
  stack: Stack,
  services: readonly string[],
): { stack: Stack; pieces: readonly Piece[]; trace: Trace; delayUs?: number } | StackFailure {
  const depth = stack.entries.length
  const bounds = request.spec.bounds ?? {}
  if (bounds.labels !== undefined && depth > bounds.labels) {
    return { code: 'BOUND_LABELS', why: `its stack has ${depth} labels, and bounds.labels is ${bounds.labels}` }
  }
  const pieces = piecesOf(network, request, stack)
  if ('why' in pieces) return pieces
  const path = trace(network.withBindings(bindingLabels(pieces)), request.headend, pieces[0]?.labels ?? [])
  request.reads?.trace(path)
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
  return { stack, pieces, trace: path, ...(delayUs === undefined ? {} : { delayUs }) }
}

function costTo(network: LabelNetwork, from: number, sid: PrefixSidEntry, reads: Reads | undefined): number {
  if (network.graph.joined !== undefined) return wayTo(network, [from], sid)?.cost ?? Number.POSITIVE_INFINITY
  const routes = network.routes(sid)
  if (routes === undefined) return Number.POSITIVE_INFINITY
  reads?.way(sid, from)
  return costOfLinks(routes, from, ...sid.members.map(({ node }) => node))
}

/** The stack as it is, or in pieces where it is deeper than what the headend can push. */
function piecesOf(network: LabelNetwork, request: ChainRequest, stack: Stack): readonly Piece[] | StackFailure {
  const { msd, headend, splitter } = request
  const labels = stack.entries.map((entry) => entry.label)
  const depth = labels.length
  if (msd === undefined || depth <= msd) return [{ nodes: [headend], from: 0, entries: stack.entries, labels }]
  if (request.reads !== undefined) request.reads.isRepeatable = false
  const split = splitter === undefined ? { why: 'it may not be split' } : splitStack(network, headend, stack, splitter)
  if ('pieces' in split) return split.pieces
  return {
    code: 'STACK_TOO_DEEP',
    why: `its stack has ${depth} labels, and the headend can push ${msd} (MSD, RFC 8664 §4.1.1); binding-SIDs do not help: ${split.why}`,
    hint: `${msd < 1 ? '' : `at most ${msd - 1} services before the endpoint; `}another headend; or an SRLB on the nodes of the way`,
  }
}

/** What the headend pushes, top first. */
export function pushedLabels(chosen: ChosenChain): readonly number[] {
  return chosen.pieces[0]?.labels ?? []
}
