import { claimed, fromLiteral } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { policyName, segmentListName } from '../policy-name.js'
import { missing } from './places.js'
import * as schema from './schema.js'

export const srPolicy: Express<'sr-policy'> = (element, facts) => {
  const { id, color, endpoint, bindingSid, candidatePaths } = element
  const claim = { element: id, exact: true }
  const lists = candidatePaths.flatMap(({ preference, segmentLists }) =>
    segmentLists.map(({ segments }, number) =>
      claimed(claim, {
        'path-name': segmentListName(element, preference, number + 1),
        segments: {
          segment: segments.map(({ label }, index) => ({
            // Steps of ten, as people number them: there is room for one by hand.
            'segment-index': String((index + 1) * 10),
            'segment-type': 'mpls-label',
            'mpls-label': String(label),
          })),
        },
      }),
    ),
  )
  const preferences = candidatePaths.map(({ preference, segmentLists }) => ({
    'path-index': String(preference),
    'path-infos': {
      'path-info': segmentLists.map(({ weight }, number) => ({
        type: 'explicit',
        'hop-type': 'mpls',
        'segment-list-name': segmentListName(element, preference, number + 1),
        weight: String(weight),
      })),
    },
  }))
  const policy = claimed(claim, {
    'policy-name': policyName(element),
    'binding-sid':
      bindingSid === undefined
        ? undefined
        : { 'binding-sid-type': 'mpls-label-specified', 'mpls-label': String(bindingSid) },
    'policy-color-endpoint': {
      color: String(color),
      'end-point-type': endpoint.includes(':') ? 'end-point-type-ipv6' : 'end-point-type-ipv4',
      'end-point-address': endpoint,
    },
    'candidate-paths': { preferences: { preference: preferences } },
  })
  return (
    missing(facts, 'Cisco-IOS-XR-segment-routing-ms-cfg', 'Cisco-IOS-XR-infra-xtc-agent-cfg') ?? [
      fromLiteral(schema.segmentRouting, {
        'traffic-engineering': { segments: { segment: lists }, policies: { policy } },
      }),
    ]
  )
}
