import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isIsis } from '../facts.js'
import { missing, onInterface } from './places.js'

export const adjacencySid: Express<'adjacency-sid'> = (element, facts) => {
  const { id, label } = element
  // The model of IS-IS says so; the one of OSPF has 15000.
  const least = isIsis(facts) ? 16_000 : 15_000
  if (label < least) return { unsupported: `IOS XR has adjacency-SIDs from label ${least} on, and this is ${label}` }
  const claim = { element: id, exact: true }
  const isis = { 'absolute-number': String(label), protected: element.protected ? (true as const) : undefined }
  const ospf = { 'sid-value': String(label), protected: element.protected ? {} : undefined }
  return (
    missing(facts) ?? [
      onInterface(
        facts,
        element.interface,
        { foreign: true },
        {
          isis: {},
          isisFamily: { 'adjacency-sid': { absolutes: { absolute: claimed(claim, isis) } } },
          ospf: { 'adjacency-sid': { absolutes: { absolute: claimed(claim, ospf) } } },
        },
      ),
    ]
  )
}
