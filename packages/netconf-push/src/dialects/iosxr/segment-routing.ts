import type { LabelRange } from '@segchain/records'
import { claimed, fromLiteral } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { inIgp, missing } from './places.js'
import * as schema from './schema.js'

const bounds = ({ first, size }: LabelRange) => ({
  'lower-bound': String(first),
  'upper-bound': String(first + size - 1),
})

export const segmentRouting: Express<'segment-routing'> = ({ id, srgb, srlb = [] }, facts) => {
  const [block, ...more] = srgb
  const [local, ...moreLocal] = srlb
  if (block === undefined || more.length > 0) return { unsupported: 'IOS XR has one SRGB range' }
  if (moreLocal.length > 0) return { unsupported: 'IOS XR has one SRLB range' }
  const claim = { element: id }
  const family = { 'af-name': 'ipv4', 'saf-name': 'unicast', 'segment-routing': { mpls: { enable: true as const } } }
  return (
    missing(facts, 'Cisco-IOS-XR-segment-routing-ms-cfg') ?? [
      fromLiteral(schema.segmentRouting, {
        enable: true,
        'global-block': claimed(claim, bounds(block)),
        'local-block': local === undefined ? undefined : claimed(claim, bounds(local)),
      }),
      inIgp(facts, {
        isis: { 'address-families': { 'address-family': claimed(claim, family) } },
        ospf: { 'segment-routing': { mpls: claimed(claim, {}) } },
      }),
    ]
  )
}
