import type { Affinity } from '@segchain/records'
import { type DataNode, interior } from '../../model/index.js'
import { entryOf } from './places.js'
import * as schema from './schema.js'

/** The affinity map, and the names of SRLGs. */
export function globalAttributes(
  element: string,
  affinities: readonly Affinity[],
  srlgs: readonly DataNode[] = [],
): DataNode {
  const groups = affinities.map(({ name, bit }) =>
    entryOf(schema.adminGroup, { 'admin-group-name': name }, { 'bit-position': String(bit) }, [], { element }),
  )
  return interior(schema.faGlobal, {}, [
    ...(groups.length === 0 ? [] : [interior(schema.adminGroups, {}, groups)]),
    ...(srlgs.length === 0 ? [] : [interior(schema.srlgs, {}, srlgs)]),
  ])
}
