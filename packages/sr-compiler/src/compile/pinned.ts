import type { Rejection } from '@segchain/records'
import type { ChainIntent } from '../intents/schema/index.js'
import { choicesOf, isOptional } from '../lock/demands.js'
import type { StackFailure } from './stack.js'

/** An instance that a pinned chain may visit: the host's own SID, then the label of the service. */
interface Candidate<S> {
  readonly service: string
  readonly node: number
  readonly host: S
  readonly sid: S
}

/** The best way to a place in the layered graph: (how many steps are done, at which node). */
interface Place<S> {
  readonly node: number
  readonly skipped: number
  readonly cost: number
  readonly before: Place<S> | undefined
  readonly candidate?: Candidate<S>
}

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
 */
export function choosePinned<S extends Anchor>(
  costTo: (from: number, sid: S) => number,
  request: PinnedRequest<S>,
  nodeSid: (node: number) => S | undefined,
  nameOf: (node: number) => string,
): PinnedChoice<S> | StackFailure {
  let layer = new Map<number, Place<S>>([
    [request.headend, { node: request.headend, skipped: 0, cost: 0, before: undefined }],
  ])
  const rejected: Rejection[] = []
  for (const step of request.spec.services) {
    const next = new Map<number, Place<S>>()
    if (isOptional(step)) for (const place of layer.values()) offer(next, { ...place, skipped: place.skipped + 1 })
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
        for (const place of layer.values()) {
          const cost = place.cost + costTo(place.node, host)
          if (Number.isFinite(cost))
            offer(next, { node, skipped: place.skipped, cost, before: place, candidate: { service, node, host, sid } })
        }
      }
    }
    if (next.size === 0) {
      return {
        code: 'UNREACHABLE',
        why: `no instance of ${choicesOf(step).join(' or ')} can be reached in the algorithm of the chain`,
      }
    }
    layer = next
  }
  const ends = [...layer.values()]
    .map((place) => ({ place, cost: place.cost + costTo(place.node, request.endpoint) }))
    .filter((end) => Number.isFinite(end.cost))
    .sort((a, b) => a.place.skipped - b.place.skipped || a.cost - b.cost || a.place.node - b.place.node)
  const [best, ...others] = ends
  if (best === undefined) return { code: 'UNREACHABLE', why: 'no instance that is left reaches the endpoint' }
  for (const other of others) {
    const { skipped } = other.place
    const why =
      skipped > best.place.skipped
        ? `it leaves out ${skipped} optional service(s), the chosen one ${best.place.skipped}`
        : `it costs ${other.cost}, the chosen one ${best.cost}`
    rejected.push({ what: `ending the services on ${nameOf(other.place.node)}`, why })
  }
  return { ...sequenceOf(best.place, request), rejected }
}

function offer<S>(layer: Map<number, Place<S>>, place: Place<S>): void {
  const known = layer.get(place.node)
  if (
    known === undefined ||
    place.skipped < known.skipped ||
    (place.skipped === known.skipped && place.cost < known.cost)
  ) {
    layer.set(place.node, place)
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
