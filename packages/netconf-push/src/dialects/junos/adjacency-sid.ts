import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isisLevel } from '../facts.js'
import { configuration, inArea, inIgp, withoutOspfV3 } from './places.js'

/** The label is one of `label-range static-label-range`, which stays the operator's. */
export const adjacencySid: Express<'adjacency-sid'> = (element, facts) => {
  const kind = element.protected ? 'protected' : 'unprotected'
  const segment = { 'ipv4-adjacency-segment': { [kind]: { label: String(element.label) } } }
  const claim = { element: element.id, foreign: true }
  const name = element.interface
  const level = { level: { name: isisLevel(facts) ?? '2', ...segment } }
  return (
    withoutOspfV3(facts) ?? [
      configuration(
        inIgp(facts, {
          isis: { interface: claimed(claim, { name, ...level }) },
          ospf: inArea(facts, { interface: claimed(claim, { name, ...segment }) }),
        }),
      ),
    ]
  )
}
