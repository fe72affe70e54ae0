import type { LabelRange } from '@segchain/records'
import { claimed, type DataNode, interior } from '../../model/index.js'
import { announces, type Express } from '../dialect.js'
import { ospfArea } from '../facts.js'
import { igpModules, inIgp, inSrMpls } from './places.js'
import * as schema from './schema.js'

/**
 * SRGB and SRLB are ours as a whole: another range beside ours would shift every index. A block of one label can be said;
 * a device that keeps the `must` of RFC 9020 (upper-bound > lower-bound) refuses it when it validates, and says so.
 */
export const segmentRouting: Express<'segment-routing'> = (element, facts) => {
  const claim = { element: element.id, exact: true }
  const blocks: DataNode[] = [
    interior(
      schema.srgb,
      {},
      element.srgb.map((range) => interior(schema.srgbEntry, bounds(range))),
      claim,
    ),
  ]
  if (element.srlb !== undefined) {
    blocks.push(
      interior(
        schema.srlb,
        {},
        element.srlb.map((range) => interior(schema.srlbEntry, bounds(range))),
        claim,
      ),
    )
  }
  const trees = [inSrMpls(blocks)]
  if (announces(facts, igpModules(facts)[1])) {
    const enabled = { 'segment-routing': claimed({ element: element.id }, { enabled: 'true' }) }
    const area = { area: { 'area-id': ospfArea(facts), 'segment-routing': claimed({ element: element.id }, {}) } }
    trees.push(inIgp(facts, { isis: enabled, ospf: { ...enabled, areas: area } }))
  }
  return trees
}

function bounds(range: LabelRange): { 'lower-bound': string; 'upper-bound': string } {
  return { 'lower-bound': String(range.first), 'upper-bound': String(range.first + range.size - 1) }
}
