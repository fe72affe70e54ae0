import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { missing, onInterface } from './places.js'

/** The only tie-breaker that is given: its index is its rank. */
const RANK = '100'

export const tiLfa: Express<'ti-lfa'> = (element, facts) => {
  const claim = { element: element.id }
  const tiebreaker = element.protects === 'node' ? { 'node-protecting': { index: RANK } } : undefined
  return (
    missing(facts) ?? [
      onInterface(
        facts,
        element.interface,
        { foreign: true },
        {
          isis: {},
          isisFamily: {
            'fast-reroute': claimed(claim, {
              enable: { 'per-prefix': true },
              'per-prefix': { 'ti-lfa': true, tiebreaker },
            }),
          },
          ospf: {
            'fast-reroute': claimed(claim, { 'per-prefix': { enable: {}, 'ti-lfa': { enable: {} }, tiebreaker } }),
          },
        },
      ),
    ]
  )
}
