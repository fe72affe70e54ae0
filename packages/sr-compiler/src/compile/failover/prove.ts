import { type Graph, linkAt, nodeAt } from '@segchain/path-engine'
import type { FailoverCase, FailoverRecord, ServedBy } from '@segchain/records'
import { referenceOf } from '../../intents/intent.js'
import { endsOf } from '../again/graph-change.js'
import { CaseNotes } from './case-notes.js'
import { type FailoverEvent, failoverEvents } from './events.js'
import type { Judged, Judgements } from './kept-proofs.js'
import { type Aftermath, type Ground, type Subject, servedBy, type Visit } from './subject.js'

/**
 * Proves for every chain that each single failure which touches it leaves its services visited in order
 * on every equal-cost branch; the exceptions are named. The stack stays, the IGP converges.
 */
export function proveFailovers<S extends Subject>(ground: Ground<S>, subjects: readonly S[]): Map<S, FailoverRecord> {
  const { graph } = ground
  const known = new Map(subjects.map((one) => [one, ground.known(one)]))
  const open = new Map(
    subjects.flatMap((one): [S, Proof][] => (known.get(one) === undefined ? [[one, begin(ground, one)]] : [])),
  )
  for (const event of failoverEvents(ground, [...open.keys()])) {
    const { failure, outage, what, down } = event
    const key = `${what} ${down} ${failure}`
    const ends = [...(outage.links ?? [])].map((link) => endsOf(linkAt(graph, link)))
    let after: Aftermath<S> | undefined
    for (const one of event.subjects) {
      const proof = open.get(one)
      const kept = proof?.known?.get(key)
      if (kept === undefined) after ??= ground.after(outage)
      const judged = kept ?? (after && proof && { ...judge(graph, after, one, event, proof.before), ends })
      if (judged !== undefined) proof?.cases.set(key, judged)
    }
  }
  return new Map(
    subjects.map((one) => {
      const proof = open.get(one)
      const record = known.get(one) ?? recordOf(one, proof)
      if (proof !== undefined) ground.keep(one, record, proof.cases)
      return [one, record]
    }),
  )
}

/** A proof that is under way. */
interface Proof {
  /** Who serves without a failure. */
  readonly before: ServedBy[]
  /** What holds of an earlier proof. */
  readonly known: Judgements | undefined
  readonly cases: Map<string, Judged>
}

function begin<S extends Subject>(ground: Ground<S>, one: S): Proof {
  return { before: listOf(ground.graph, one, servedBy(one.walk)), known: ground.judged(one), cases: new Map() }
}

function recordOf(one: Subject, proof: Proof | undefined): FailoverRecord {
  const { steering, chain, policy } = one
  return {
    kind: 'failover',
    id: `failover:${steering.name}`,
    steering: steering.name,
    chain: chain.name,
    policy,
    services: proof?.before ?? [],
    cases: [...(proof?.cases.values() ?? [])].map(({ result }) => result),
    intents: [steering, chain].map(referenceOf),
  }
}

function judge<S extends Subject>(
  graph: Graph,
  after: Aftermath<S>,
  one: S,
  { failure, down, what }: FailoverEvent<S>,
  before: readonly ServedBy[],
): Omit<Judged, 'ends'> {
  const notes = new CaseNotes()
  const { why, served, delayUs } = after.visit(one, notes)
  const about = { failure, down, what }
  if (why !== undefined) {
    notes.isLost = true
    const outcome = after.isWayLeft(one) ? 'broken' : 'cut-off'
    return { result: { ...about, outcome, why }, notes }
  }
  const old = new Map(before.map(({ service, nodes }) => [service, nodes.join(' ')]))
  const takeOver = listOf(graph, one, served).filter(({ service, nodes }) => nodes.join(' ') !== old.get(service))
  const bound = one.chain.spec.bounds?.delayUs
  const isLate = bound !== undefined && (delayUs === undefined || delayUs > bound)
  const delay = delayUs === undefined ? 'unknown' : `${delayUs} us`
  const result: FailoverCase = {
    ...about,
    outcome: isLate ? 'late' : 'in-order',
    ...(takeOver.length === 0 ? {} : { takeOver }),
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(isLate ? { why: `its delay is ${delay}, and bounds.delayUs is ${bound}` } : {}),
  }
  return { result, notes }
}

/** In the order of the chain, nodes by their topology ids. */
function listOf(graph: Graph, { services }: Subject, served: Visit['served']): ServedBy[] {
  return [...new Set(services)].flatMap((service) => {
    const nodes = served.get(service)
    return nodes === undefined ? [] : [{ service, nodes: [...nodes].map((node) => nodeAt(graph, node).id).sort() }]
  })
}
