import { type LabelNetwork, reachableFrom, trace, whyNotInOrder, worstDelayUs } from '@segchain/path-engine'
import { failoverEvents } from './failover-events.js'
import type { Problems } from './problems.js'
import type { Steered } from './steered.js'

/**
 * Proves for every chain in mode anycast that each single failure which touches it leaves its services
 * visited in order on every equal-cost branch; the exceptions are named. Pinned chains name their
 * instances themselves and are left out.
 */
export function proveFailovers(
  network: LabelNetwork,
  steered: readonly Steered[],
): ReadonlyMap<Steered, FailoverProof> {
  const anycast = steered.filter((one) => one.chain.spec.mode !== 'pinned')
  const proofs = new Map(
    anycast.map((one) => [one, { cases: 0, inOrder: 0, broken: [], cutOff: [], late: [] } as MutableProof]),
  )
  for (const { text, outage, chains } of failoverEvents(network.graph, anycast)) {
    const after = network.without(outage)
    for (const one of chains) {
      const proof = proofs.get(one)
      if (proof !== undefined) judge(after, one, text, proof)
    }
  }
  return proofs
}

/** A single failure and what it does to a chain. */
export interface FailoverCase {
  readonly failure: string
  readonly why: string
}

/**
 * What became of an anycast chain in every single failure that it can notice: of a link or router on
 * one of its equal-cost branches, or of a service instance. The stack stays, the IGP converges.
 */
export interface FailoverProof {
  /** Failures that were tried. */
  readonly cases: number
  /** Those after which every branch still visits the services in order and ends at the endpoint. */
  readonly inOrder: number
  /** A way through the services in order is left, and the packets do not take it. */
  readonly broken: readonly FailoverCase[]
  /** No way is left: the only instance, or the network is in parts. */
  readonly cutOff: readonly FailoverCase[]
  /** In order, and later than the chain's bound on delay. */
  readonly late: readonly FailoverCase[]
}

interface MutableProof {
  cases: number
  inOrder: number
  broken: FailoverCase[]
  cutOff: FailoverCase[]
  late: FailoverCase[]
}

function judge(after: LabelNetwork, one: Steered, failure: string, proof: MutableProof): void {
  const { chosen, chain, headend, endpoint } = one
  const labels = chosen.stack.entries.map((entry) => entry.label)
  const path = trace(after, headend.node.index, labels)
  const why = whyNotInOrder(path, chosen.services, endpoint)
  proof.cases += 1
  if (why !== undefined) {
    if (isWayLeft(after, one)) proof.broken.push({ failure, why })
    else proof.cutOff.push({ failure, why })
    return
  }
  proof.inOrder += 1
  const bound = chain.spec.bounds?.delayUs
  const delayUs = bound === undefined ? undefined : worstDelayUs(after, path)
  if (bound !== undefined && (delayUs === undefined || delayUs > bound)) {
    const delay = delayUs === undefined ? 'unknown' : `${delayUs} us`
    proof.late.push({ failure, why: `its delay is ${delay}, and bounds.delayUs is ${bound}` })
  }
}

/** Could some choice of instances still do it? By reachability, stage after stage. */
function isWayLeft(after: LabelNetwork, { chosen, headend }: Steered): boolean {
  let places: readonly number[] = [headend.node.index]
  for (const { sid } of chosen.stack.entries) {
    const topology = after.topology(sid.algorithm)
    const now = after.sids.find((one) => one.index === sid.index && one.algorithm === sid.algorithm)
    if (topology === undefined || now === undefined) return false
    const reached = places.map((place) => reachableFrom(topology, place))
    places = now.members.map((member) => member.node).filter((node) => reached.some((each) => each[node] === 1))
    if (places.length === 0) return false
  }
  return true
}

/** A broken case could be had right: a warning, or an error where the caller wants one. */
export function reportFailovers(
  proofs: ReadonlyMap<Steered, FailoverProof>,
  severity: 'warn' | 'error',
  problems: Problems,
): void {
  for (const [{ chain, steering }, { broken, late }] of proofs) {
    const where = steering.source.at(['spec', 'chain'])
    const name = `chain "${chain.name}" from ${steering.spec.headend} to ${steering.spec.endpoint}`
    const say = severity === 'error' ? problems.add.bind(problems) : problems.warn.bind(problems)
    for (const { failure, why } of broken) {
      const hint =
        'a way in order is left, and the nearest instance does not lead to it: move or add an instance, or spec.mode: pinned'
      say('ANYCAST_FAILOVER', where, `${name}: with ${failure} it breaks: ${why}`, hint)
    }
    for (const { failure, why } of late) {
      problems.warn('FAILOVER_LATE', where, `${name}: with ${failure} it is too late: ${why}`)
    }
  }
}
