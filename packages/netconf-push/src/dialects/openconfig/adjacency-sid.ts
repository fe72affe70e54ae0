import { interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { entryOf, onInterface, onlyIsis } from './places.js'
import * as schema from './schema.js'

export const adjacencySid: Express<'adjacency-sid'> = (element, facts) => {
  const { id, label, neighbor } = element
  const refused = onlyIsis(facts)
  if (refused !== undefined) return refused
  if (neighbor === undefined) {
    return {
      unsupported: 'OpenConfig names adjacencies by the address of the neighbour, which the plan does not have',
      hint: 'say adjacencySid.neighbor in links of the Device intent',
    }
  }
  const keys = { neighbor, 'sid-id': String(label) }
  const leaves = { 'protection-eligible': String(element.protected) }
  const sid = entryOf(schema.adjacencySid, keys, leaves, [], { element: id, exact: true })
  const sids = interior(schema.adjacencySids, {}, [sid])
  return [onInterface(facts, element.interface, { foreign: true }, [sids], neighbor.includes(':'))]
}
