import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { igpModules, missing, onInterface } from './places.js'

/** An entry of `adj-sids` is ours; others that the interface may have stay. */
export const adjacencySid: Express<'adjacency-sid'> = (element, facts) => {
  const entry = claimed(
    { element: element.id, exact: true },
    { value: String(element.label), 'value-type': 'absolute', protected: String(element.protected) },
  )
  const content = { 'segment-routing': { 'adjacency-sid': { 'adj-sids': entry } } }
  return (
    missing(facts, ...igpModules(facts)) ?? [
      onInterface(facts, element.interface, { foreign: true }, { isis: content, ospf: content }),
    ]
  )
}
