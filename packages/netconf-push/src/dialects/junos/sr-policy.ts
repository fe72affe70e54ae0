import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { policyName, segmentListName } from '../policy-name.js'
import { configuration } from './places.js'

/** A source-routing-path is a candidate path; those with the same color and endpoint are one policy. */
export const srPolicy: Express<'sr-policy'> = (element) => {
  const { id, color, endpoint, bindingSid, candidatePaths } = element
  const claim = { element: id, exact: true }
  const lists = candidatePaths.flatMap(({ preference, segmentLists }) =>
    segmentLists.map(({ segments }, index) =>
      claimed(claim, {
        name: segmentListName(element, preference, index + 1),
        // The first label says where the packet leaves: there is no address of a first hop.
        'inherit-label-nexthops': true,
        'hop-list': segments.map(({ label }, hop) => ({ name: `hop${hop + 1}`, label: String(label) })),
      }),
    ),
  )
  const paths = candidatePaths.map(({ preference, segmentLists }) =>
    claimed(claim, {
      name: `${policyName(element)}-p${preference}`,
      to: endpoint,
      color: String(color),
      'binding-sid': bindingSid === undefined ? undefined : String(bindingSid),
      'sr-preference': String(preference),
      primary: segmentLists.map(({ weight }, index) => ({
        name: segmentListName(element, preference, index + 1),
        weight: String(weight),
      })),
    }),
  )
  return [
    configuration({ protocols: { 'source-packet-routing': { 'segment-list': lists, 'source-routing-path': paths } } }),
  ]
}
