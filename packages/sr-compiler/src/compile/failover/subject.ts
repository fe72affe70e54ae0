import { type Graph, type Outage, type Walk, whyNotInOrder, worstDelayUs } from '@segchain/path-engine'
import type { Intent } from '../../intents/intent.js'
import type { ChainIntent, SteeringIntent } from '../../intents/schema/index.js'
import type { LinkIds } from '../again/link-ids.js'
import type { ManagedNode } from '../nodes.js'
import type { CaseNotes } from './case-notes.js'
import type { Judged, Judgements, Proof, StaleProof } from './proof.js'

/** An anycast chain of a Steering, on either data plane, as a failure looks at it. */
export interface Subject {
  readonly steering: Intent<SteeringIntent>
  readonly chain: Intent<ChainIntent>
  readonly headend: ManagedNode
  readonly endpoint: number
  /** Id of the plan element. */
  readonly policy: string
  readonly services: readonly string[]
  /** Without a failure. */
  readonly walk: Walk
}

/** A network on which failures are tried. */
export interface Ground<S extends Subject> {
  readonly graph: Graph
  /** Where proofs are kept from one network to the next. */
  readonly ids?: LinkIds
  /** A proof of an earlier network that holds still. */
  known(subject: S): Proof | undefined
  /** One that holds but for some failures, which are there still. */
  stale(subject: S): StaleProof | undefined
  /** What holds of one whose failures may be others now. */
  judged(subject: S): Judgements | undefined
  /** `renewed`: the judgements that are new, where the others are those of a stale proof. */
  keep(subject: S, proof: Proof, renewed?: readonly Judged[]): void
  /** What is gone when the instance of a service on a node is down. */
  instanceDown(service: string, node: number): Outage
  after(outage: Outage): Aftermath<S>
}

/** What the packets of a chain meet. */
export interface Visit {
  /** Why they do not do what the chain wants; then nothing else counts. */
  readonly why?: string
  /** By service: the nodes that do it; absent where they are those that do it without a failure. */
  readonly served?: ReadonlyMap<string, ReadonlySet<number>>
  /** Worst branch, in microseconds; absent where a link tells no delay. */
  readonly delayUs?: number
}

/** The network after one failure, once every router has converged. */
export interface Aftermath<S extends Subject> {
  /** The headend sends what it sent before. What was looked at for it goes into the notes. */
  visit(subject: S, notes: CaseNotes): Visit
  /** Could some choice of instances still do it? By reachability, stage after stage. */
  isWayLeft(subject: S): boolean
}

export function visitOf(graph: Graph, walk: Walk, { services, endpoint }: Subject): Visit {
  const why = whyNotInOrder(walk, services, endpoint)
  const delayUs = why === undefined ? worstDelayUs({ graph }, walk) : undefined
  return {
    served: servedBy(walk),
    ...(why === undefined ? {} : { why }),
    ...(delayUs === undefined ? {} : { delayUs }),
  }
}

export function servedBy(walk: Walk): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  for (const { action, sid, node } of walk.hops) {
    if (action !== 'service' || sid?.service === undefined) continue
    found.set(sid.service, (found.get(sid.service) ?? new Set()).add(node))
  }
  return found
}
