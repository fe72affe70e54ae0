import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { configuration, inIgp, withoutOspfV3 } from './places.js'

const NO_SRLB = 'leave it out, as sr-compiler does for a Device with dialect junos; a local SID is a static label there'

export const segmentRouting: Express<'segment-routing'> = ({ id, srgb, srlb = [] }, facts) => {
  const [block, ...more] = srgb
  if (block === undefined || more.length > 0) return { unsupported: 'Junos has one SRGB range for an IGP' }
  if (srlb.length > 0)
    return {
      unsupported: 'Junos advertises no SRLB that could be configured (24.4R1 has no word for one)',
      hint: NO_SRLB,
    }
  const range = { 'start-label': String(block.first), 'index-range': String(block.size) }
  const content = { 'source-packet-routing': { srgb: claimed({ element: id, exact: true }, range) } }
  return withoutOspfV3(facts) ?? [configuration(inIgp(facts, { isis: content, ospf: content }))]
}
