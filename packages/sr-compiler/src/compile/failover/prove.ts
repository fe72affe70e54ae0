import type { FailoverRecord, ServedBy } from '@segchain/records'
import { referenceOf } from '../../intents/intent.js'
import { failoverEvents } from './events.js'
import { judge, servedList } from './judge.js'
import { type Judged, type Judgements, type Proof, proofOf, type SingleFailure } from './proof.js'
import { StaleJudgements } from './stale-judgements.js'
import { type Aftermath, type Ground, type Subject, servedBy } from './subject.js'

/** A proof that is under way. */
interface OpenProof {
  /** Who serves without a failure. */
  readonly before: readonly ServedBy[]
  /** What holds of an earlier proof. */
  readonly known: Judgements | undefined
  readonly judged: Judged[]
}

/**
 * Proves for every chain that each single failure which touches it leaves its services visited in order
 * on every equal-cost branch; the exceptions are named. The stack stays, the IGP converges.
 */
export function proveFailovers<S extends Subject>(ground: Ground<S>, subjects: readonly S[]): Map<S, Proof> {
  const open = new Map<S, OpenProof>()
  const stale = new StaleJudgements(ground)
  const known = new Map<S, Proof>()
  for (const one of subjects) {
    const whole = ground.known(one)
    if (whole !== undefined) known.set(one, whole)
    else if (!stale.takes(one)) open.set(one, begin(ground, one))
  }
  for (const event of failoverEvents(ground, [...open.keys()])) {
    const of = withoutSubjects(event)
    let after: Aftermath<S> | undefined
    const aftermath = (): Aftermath<S> => {
      after ??= ground.after(of.outage)
      return after
    }
    for (const one of event.subjects) {
      const proof = open.get(one)
      const judged = proof?.known?.get(of.key) ?? (proof && judge(ground.graph, aftermath(), one, of, proof.before))
      if (judged !== undefined) proof?.judged.push(judged)
    }
    stale.renew(of.key, aftermath)
  }
  const renewed = stale.finish()
  const finish = (one: S, { before, judged } = begin(ground, one)): Proof => {
    const proof = proofOf(recordOf(one, before), judged)
    ground.keep(one, proof)
    return proof
  }
  return new Map(subjects.map((one) => [one, known.get(one) ?? renewed.get(one) ?? finish(one, open.get(one))]))
}

function begin<S extends Subject>(ground: Ground<S>, one: S): OpenProof {
  return { before: servedList(ground.graph, one, servedBy(one.walk)), known: ground.judged(one), judged: [] }
}

/** What is kept does not keep the chains alive. */
function withoutSubjects({ key, failure, down, what, outage, links, ends }: SingleFailure): SingleFailure {
  return { key, failure, down, what, outage, links, ends }
}

function recordOf(one: Subject, services: readonly ServedBy[]): FailoverRecord {
  const { steering, chain, policy } = one
  return {
    ...{ kind: 'failover' as const, id: `failover:${steering.name}`, steering: steering.name, chain: chain.name },
    ...{ policy, services: [...services], cases: [], intents: [steering, chain].map(referenceOf) },
  }
}
