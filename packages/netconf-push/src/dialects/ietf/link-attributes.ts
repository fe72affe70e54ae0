import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isIsis } from '../facts.js'
import { adminGroup } from './admin-group.js'
import { missing, onInterface } from './places.js'

/** The affinities that the application Flex-Algo reads (RFC 9350 §12). */
export const linkAttributes: Express<'link-attributes'> = ({ id, interface: name, delayUs, affinities }, facts) => {
  if (!isIsis(facts)) return { unsupported: 'the models have no link attributes for OSPF interfaces' }
  if (delayUs !== undefined) return { unsupported: 'the models have no delay of an interface' }
  const large = affinities?.find(({ bit }) => bit > 31)
  if (large !== undefined) {
    return { unsupported: `the admin-group of an interface has the bits 0 to 31, and ${large.name} is ${large.bit}` }
  }
  const asla = claimed(
    { element: id },
    { 'link-attr-app': 'iana-igp-link-attr-apps:flex-algo-app', 'admin-group': adminGroup(affinities ?? []) },
  )
  return (
    missing(facts, 'ietf-isis', 'ietf-isis-link-attr') ?? [
      onInterface(facts, name, { foreign: true }, { isis: { 'isis-asla': { 'interface-asla': asla } }, ospf: {} }),
    ]
  )
}
