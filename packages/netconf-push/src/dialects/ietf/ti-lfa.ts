import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { igpModules, missing, onInterface } from './places.js'

export const tiLfa: Express<'ti-lfa'> = (element, facts) => {
  const breakers = element.protects === 'node' ? { 'node-protection': {} } : undefined
  const tiLfa = claimed({ element: element.id }, { enabled: 'true', 'selection-tie-breakers': breakers })
  const content = { 'fast-reroute': { lfa: { 'ti-lfa': tiLfa } } }
  return (
    missing(facts, ...igpModules(facts)) ?? [
      onInterface(facts, element.interface, { foreign: true }, { isis: content, ospf: content }),
    ]
  )
}
