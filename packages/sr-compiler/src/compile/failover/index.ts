import type { FailoverRecord } from '@segchain/records'
import type { Model } from '../model.js'
import type { Problems } from '../problems.js'
import type { KeptProofs } from './kept-proofs.js'
import { mplsGround, mplsSubjects } from './mpls.js'
import { proveFailovers } from './prove.js'
import { reportFailovers } from './report.js'
import { srv6Ground, srv6Subjects } from './srv6.js'

export { describeFailovers } from './report.js'

/** What single failures do to the anycast chains of a model, on both data planes; in the order of the Steerings' names. */
export function failoversOf(
  model: Pick<Model, 'network' | 'steered' | 'srv6'>,
  severity: 'warn' | 'error' | 'off',
  problems: Problems,
  kept?: KeptProofs,
): FailoverRecord[] {
  if (severity === 'off') return []
  const { network, steered, srv6 } = model
  const proofs = [
    proveFailovers(mplsGround(network, kept), mplsSubjects(steered)),
    proveFailovers(srv6Ground(srv6.network), srv6Subjects(srv6.steered)),
  ]
  for (const each of proofs) reportFailovers(each, severity, problems)
  return proofs.flatMap((each) => [...each.values()].map(({ record }) => record))
}
