import type { Rejection } from '@segchain/records'
import type { ChainIntent } from '../intents/schema/index.js'
import { choicesOf, isOptional } from '../lock/demands.js'
import { type Candidate, Fronts, type PinnedLimits, type Place } from './pinned-fronts.js'
import type { StackFailure } from './stack.js'

/** Where a segment may end: a prefix-SID, an SRv6 locator. */
export interface Anchor {
  readonly members: readonly { readonly node: number }[]
}

export interface PinnedRequest<S> {
  readonly spec: ChainIntent['spec']
  readonly headend: number
  readonly sidOfService: (name: string) => S | undefined
  readonly endpoint: S
}

/** What ways between two stops are told of. */
export interface PinnedMeasures<S> {
  /** In the metric of the algorithm; Infinity without a way. */
  readonly costTo: (from: number, sid: S) => number
  /** The slowest of the equal-cost branches, in microseconds; Infinity where a link tells no delay. */
  readonly delayTo: (from: number, sid: S) => number
}

export interface PinnedChoice<S> {
  readonly services: readonly string[]
  readonly sids: readonly S[]
  readonly rejected: readonly Rejection[]
}

/**
 * Instances chosen together, by dynamic programming over the layers (steps of the chain × nodes): the
 * nearest instance of one service may be far from every instance of the next. Fewest optional
 * services left out, then least cost. In the stack each instance is its host's node-SID and the
 * service's label; the host's SID is left out where the packet is there already.
 *
 * Within limits a dearer way to a place may be the one that can go on: of each place all ways are kept that are better than the
 * others in something. The choices come best first, one for each such way to an end; at least one.
 */
export function choosePinned<S extends Anchor>(
  { costTo, delayTo }: PinnedMeasures<S>,
  request: PinnedRequest<S>,
  nodeSid: (node: number) => S | undefined,
  nameOf: (node: number) => string,
  limits: PinnedLimits = {},
): readonly PinnedChoice<S>[] | StackFailure {
  const front = new Fronts<S>(limits)
  const start: Place<S> = { node: request.headend, skipped: 0, cost: 0, delayUs: 0, depth: 0, before: undefined }
  const delayOf = (from: number, sid: S): number => (limits.delayUs === undefined ? 0 : delayTo(from, sid))
  let layer: readonly Place<S>[] = [start]
  const rejected: Rejection[] = []
  for (const step of request.spec.services) {
    front.clear()
    if (isOptional(step)) for (const place of layer) front.offer({ ...place, skipped: place.skipped + 1 })
    for (const service of choicesOf(step)) {
      const sid = request.sidOfService(service)
      for (const { node } of sid?.members ?? []) {
        const host = nodeSid(node)
        if (sid === undefined || host === undefined) {
          rejected.push({
            what: `${service} on ${nameOf(node)}`,
            why: 'its node has no node-SID in the algorithm of the chain',
          })
          continue
        }
        const candidate = { service, node, host, sid }
        for (const before of layer) {
          const cost = before.cost + costTo(before.node, host)
          if (!Number.isFinite(cost)) continue
          const delayUs = before.delayUs + delayOf(before.node, host)
          const depth = before.depth + (node === before.node ? 1 : 2)
          front.offer({ node, skipped: before.skipped, cost, delayUs, depth, before, candidate })
        }
      }
    }
    layer = front.places()
    if (layer.length === 0) return unreachable(step, limits)
  }
  const ends = layer
    .map((place) => {
      const isThere = request.endpoint.members.some(({ node }) => node === place.node)
      const cost = place.cost + costTo(place.node, request.endpoint)
      const delayUs = place.delayUs + (Number.isFinite(cost) ? delayOf(place.node, request.endpoint) : 0)
      return { ...place, place, cost, delayUs, depth: place.depth + (isThere ? 0 : 1) }
    })
    .filter((end) => Number.isFinite(end.cost) && front.isWithin(end))
    .sort((a, b) => a.skipped - b.skipped || a.cost - b.cost || a.node - b.node)
  const [best, ...others] = ends
  if (best === undefined) return { code: 'UNREACHABLE', why: 'no instance that is left reaches the endpoint' }
  for (const other of others) {
    const why =
      other.skipped > best.skipped
        ? `it leaves out ${other.skipped} optional service(s), the chosen one ${best.skipped}`
        : `it costs ${other.cost}, the chosen one ${best.cost}`
    rejected.push({ what: `ending the services on ${nameOf(other.node)}`, why })
  }
  return ends.map(({ place }) => ({ ...sequenceOf(place, request), rejected }))
}

function unreachable(step: ChainIntent['spec']['services'][number], limits: PinnedLimits): StackFailure {
  const isLimited = limits.delayUs !== undefined || limits.depth !== undefined
  const within = isLimited ? ' within the bounds of the chain' : ''
  return {
    code: 'UNREACHABLE',
    why: `no instance of ${choicesOf(step).join(' or ')} can be reached in the algorithm of the chain${within}`,
  }
}

function sequenceOf<S extends Anchor>(last: Place<S>, request: PinnedRequest<S>): { services: string[]; sids: S[] } {
  const taken: Candidate<S>[] = []
  for (let at: Place<S> | undefined = last; at !== undefined; at = at.before) {
    if (at.candidate !== undefined) taken.unshift(at.candidate)
  }
  const sids: S[] = []
  let here = request.headend
  for (const { node, host, sid } of taken) {
    if (node !== here) sids.push(host)
    sids.push(sid)
    here = node
  }
  if (!request.endpoint.members.some((member) => member.node === here)) sids.push(request.endpoint)
  return { services: taken.map((candidate) => candidate.service), sids }
}
