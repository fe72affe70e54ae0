import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isisLevel } from '../facts.js'
import { configuration, inArea, inIgp, withoutOspfV3 } from './places.js'

/** Repairs along the post-convergence path, with labels (RFC 9855). */
export const tiLfa: Express<'ti-lfa'> = (element, facts) => {
  const lfa = { 'post-convergence-lfa': element.protects === 'node' ? { 'node-protection': {} } : {} }
  const claim = { element: element.id, foreign: true }
  const name = element.interface
  return (
    withoutOspfV3(facts) ?? [
      configuration(
        inIgp(facts, {
          isis: {
            interface: claimed(claim, { name, level: { name: isisLevel(facts) ?? '2', ...lfa } }),
            'backup-spf-options': { 'use-post-convergence-lfa': {}, 'use-source-packet-routing': {} },
          },
          ospf: {
            ...inArea(facts, { interface: claimed(claim, { name, ...lfa }) }),
            'backup-spf-options': { 'use-post-convergence-lfa': {}, 'use-source-packet-routing': true },
          },
        }),
      ),
    ]
  )
}
