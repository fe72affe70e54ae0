import type { LabelRange } from '@segchain/records'
import { type DataNode, interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { entryOf, inInstance, inIsis, onlyIsis } from './places.js'
import * as schema from './schema.js'

const MPLS = 'MPLS'
const NAME = 'segchain'

/** Label blocks have names there: ours begin with `segchain`. */
export const segmentRouting: Express<'segment-routing'> = ({ id, srgb, srlb = [] }, facts) => {
  const refused = onlyIsis(facts)
  if (refused !== undefined) return refused
  if (srlb.length > 1) return { unsupported: 'an SRLB of OpenConfig is one block' }
  const claim = { element: id, exact: true }
  const block = (name: string, range: LabelRange): DataNode =>
    entryOf(
      schema.labelBlock,
      { 'local-id': name },
      { 'lower-bound': String(range.first), 'upper-bound': String(range.first + range.size - 1) },
      [],
      claim,
    )
  const names = srgb.map((_, index) => `${NAME}-srgb-${index + 1}`)
  const blocks = [
    ...srgb.map((range, index) => block(names[index] ?? NAME, range)),
    ...srlb.map((range) => block(`${NAME}-srlb`, range)),
  ]
  const sr = [
    interior(schema.srgbs, {}, [
      entryOf(schema.srgb, { 'local-id': NAME }, { 'dataplane-type': MPLS, 'mpls-label-blocks': names }, [], claim),
    ]),
    ...(srlb.length === 0
      ? []
      : [
          interior(schema.srlbs, {}, [
            entryOf(
              schema.srlb,
              { 'local-id': NAME },
              { 'dataplane-type': MPLS, 'mpls-label-block': `${NAME}-srlb` },
              [],
              claim,
            ),
          ]),
        ]),
  ]
  const config = { enabled: 'true', srgb: NAME, srlb: srlb.length === 0 ? undefined : NAME }
  return [
    inInstance([
      interior(schema.mpls, {}, [interior(schema.mplsGlobal, {}, [interior(schema.labelBlocks, {}, blocks)])]),
      interior(schema.segmentRouting, {}, sr),
    ]),
    inIsis(facts.igpInstance, [
      interior(schema.isisGlobal, {}, [
        interior(schema.isisSr, {}, [interior(schema.isisSrConfig, config, [], { element: id })]),
      ]),
    ]),
  ]
}
