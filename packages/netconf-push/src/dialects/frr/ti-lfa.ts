import { isisLevel } from '../facts.js'
import type { Express } from './expression.js'
import { igpBlock, withoutOspfV3 } from './places.js'

/** IS-IS has it by interface; OSPF only for all of its interfaces at once, which is more than was asked for. */
export const tiLfa: Express<'ti-lfa'> = (element, facts) => {
  const { id, protects } = element
  const level = isisLevel(facts)
  if (level === undefined) {
    const key = 'fast-reroute ti-lfa'
    const line = protects === 'node' ? `${key} node-protection` : key
    return withoutOspfV3(facts) ?? { statements: [{ context: [igpBlock(facts)], line, key, element: id }] }
  }
  const key = `isis fast-reroute ti-lfa level-${level}`
  const line = protects === 'node' ? `${key} node-protection link-fallback` : key
  return { statements: [{ context: [`interface ${element.interface}`], line, key, element: id }] }
}
