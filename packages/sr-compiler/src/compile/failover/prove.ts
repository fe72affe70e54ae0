import { type Graph, nodeAt } from '@segchain/path-engine'
import type { FailoverCase, ServedBy } from '@segchain/records'
import { referenceOf } from '../../intents/intent.js'
import { CaseNotes } from './case-notes.js'
import { type FailoverEvent, failoverEvents } from './events.js'
import type { Judged, Judgements, Proof } from './proof.js'
import { type Aftermath, type Ground, type Subject, servedBy, type Visit } from './subject.js'

/**
 * Proves for every chain that each single failure which touches it leaves its services visited in order
 * on every equal-cost branch; the exceptions are named. The stack stays, the IGP converges.
 */
export function proveFailovers<S extends Subject>(ground: Ground<S>, subjects: readonly S[]): Map<S, Proof> {
  const proofs = new Map(subjects.map((one): [S, Proof | undefined] => [one, ground.known(one)]))
  const open = new Map<S, OpenProof>()
  for (const [one, proof] of proofs) if (proof === undefined) open.set(one, begin(ground, one))
  for (const event of failoverEvents(ground, [...open.keys()])) {
    let after: Aftermath<S> | undefined
    for (const one of event.subjects) {
      const proof = open.get(one)
      if (proof === undefined) continue
      const kept = proof.known?.get(event.key)
      if (kept === undefined) after ??= ground.after(event.outage)
      const judged = kept ?? (after && judge(ground.graph, after, one, event, proof))
      if (judged !== undefined) proof.judged.push(judged)
    }
  }
  const finish = (one: S, { before, judged } = begin(ground, one)): Proof => {
    const proof = proofOf(one, before, judged)
    ground.keep(one, proof)
    return proof
  }
  return new Map([...proofs].map(([one, proof]) => [one, proof ?? finish(one, open.get(one))]))
}

/** A proof that is under way. */
interface OpenProof {
  /** Who serves without a failure. */
  readonly before: readonly ServedBy[]
  /** The same by service, as one text. */
  readonly texts: ReadonlyMap<string, string>
  /** What holds of an earlier proof. */
  readonly known: Judgements | undefined
  readonly judged: Judged[]
}

function begin<S extends Subject>(ground: Ground<S>, one: S): OpenProof {
  const before = listOf(ground.graph, one, servedBy(one.walk))
  const texts = new Map(before.map(({ service, nodes }) => [service, nodes.join(' ')]))
  return { before, texts, known: ground.judged(one), judged: [] }
}

function proofOf(one: Subject, services: readonly ServedBy[], judged: readonly Judged[]): Proof {
  const { steering, chain, policy } = one
  const cases = judged.map(({ result }) => result)
  const record = {
    ...{ kind: 'failover' as const, id: `failover:${steering.name}`, steering: steering.name, chain: chain.name },
    ...{ policy, services: [...services], cases, intents: [steering, chain].map(referenceOf) },
  }
  return { record, judged, troubles: cases.filter(({ outcome }) => outcome === 'broken' || outcome === 'late') }
}

function judge<S extends Subject>(
  graph: Graph,
  after: Aftermath<S>,
  one: S,
  event: FailoverEvent<S>,
  { texts }: OpenProof,
): Judged {
  const notes = new CaseNotes()
  const { key, failure, down, what, ends } = event
  const { why, served, delayUs } = after.visit(one, notes)
  if (why !== undefined) {
    notes.isLost = true
    const outcome = after.isWayLeft(one) ? 'broken' : 'cut-off'
    return { key, result: { failure, down, what, outcome, why }, notes, ends }
  }
  const bound = one.chain.spec.bounds?.delayUs
  const isLate = bound !== undefined && (delayUs === undefined || delayUs > bound)
  const result: FailoverCase = { failure, down, what, outcome: isLate ? 'late' : 'in-order' }
  const isElsewhere = ({ service, nodes }: ServedBy): boolean => nodes.join(' ') !== texts.get(service)
  const takeOver = served === undefined ? [] : listOf(graph, one, served).filter(isElsewhere)
  if (takeOver.length > 0) result.takeOver = takeOver
  if (delayUs !== undefined) result.delayUs = delayUs
  const delay = delayUs === undefined ? 'unknown' : `${delayUs} us`
  if (isLate) result.why = `its delay is ${delay}, and bounds.delayUs is ${bound}`
  return { key, result, notes, ends }
}

/** In the order of the chain, nodes by their topology ids. */
function listOf(graph: Graph, { services }: Subject, served: NonNullable<Visit['served']>): ServedBy[] {
  return [...new Set(services)].flatMap((service) => {
    const nodes = served.get(service)
    return nodes === undefined ? [] : [{ service, nodes: [...nodes].map((node) => nodeAt(graph, node).id).sort() }]
  })
}
