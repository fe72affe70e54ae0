import type { FailoverCase, FailoverRecord } from '@segchain/records'
import type { Problems } from '../problems.js'
import { remedyOf } from '../remedies.js'
import type { Proof } from './proof.js'
import type { Subject } from './subject.js'

/** A broken case could be had right: a warning, or an error where the caller wants one. */
export function reportFailovers(
  proofs: ReadonlyMap<Subject, Proof>,
  severity: 'warn' | 'error',
  problems: Problems,
): void {
  const say = severity === 'error' ? problems.add.bind(problems) : problems.warn.bind(problems)
  for (const [{ chain, steering }, { troubles }] of proofs) {
    const where = () => steering.source.at(['spec', 'chain'])
    const name = () => `chain "${chain.name}" from ${steering.spec.headend} to ${steering.spec.endpoint}`
    for (const { failure, why, outcome } of troubles) {
      if (outcome === 'broken') say('ANYCAST_FAILOVER', where(), `${name()}: with ${failure} it breaks: ${why}`, REMEDY)
      else
        problems.warn(
          'FAILOVER_LATE',
          where(),
          `${name()}: with ${failure} it is too late: ${why}`,
          remedyOf('BOUND_DELAY'),
        )
    }
  }
}

const REMEDY =
  'a way in order is left, and the nearest instance does not lead to it: move or add an instance, or spec.mode: pinned'

/** One sentence for people. */
export function describeFailovers({ steering, cases }: FailoverRecord): string {
  const count = (...outcomes: FailoverCase['outcome'][]) => outcomes.flatMap((one) => casesOf(cases, one)).length
  const cut = casesOf(cases, 'cut-off').map(({ failure }) => failure)
  return `failovers of "${steering}": ${count('in-order', 'late')} of ${cases.length} single failures leave its services in order; ${count('broken')} break it; ${cut.length} leave no way${cut.length === 0 ? '' : `: ${cut.join(', ')}`}`
}

function casesOf(cases: readonly FailoverCase[], outcome: FailoverCase['outcome']): readonly FailoverCase[] {
  return cases.filter((one) => one.outcome === outcome)
}
