import { claimed, type Literal } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { adminGroups, tooLarge } from './admin-groups.js'
import { configuration, inArea, inIgp, withoutOspfV3 } from './places.js'

export const linkAttributes: Express<'link-attributes'> = (element, facts) => {
  const { id, delayUs, affinities = [] } = element
  const refused = tooLarge(affinities) ?? withoutOspfV3(facts)
  if (refused !== undefined) return refused
  const name = element.interface
  const parts: Literal[] = []
  if (delayUs !== undefined) {
    const entry = claimed({ element: id, foreign: true }, { name, 'delay-metric': String(delayUs) })
    parts.push(inIgp(facts, { isis: { interface: entry }, ospf: inArea(facts, { interface: entry }) }))
  }
  if (affinities.length > 0) {
    const groups = claimed({ element: id, exact: true }, { name, 'admin-group': affinities.map((group) => group.name) })
    parts.push({ protocols: { mpls: { 'admin-groups': adminGroups(id, affinities), interface: groups } } })
  }
  return parts.map(configuration)
}
