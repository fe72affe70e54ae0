import { type DataNode, interior } from '../../model/index.js'
import { announces, type Express } from '../dialect.js'
import { igpModules, onInterface } from './places.js'
import * as schema from './schema.js'

/** RFC 8343 leaves names to the device; `lo0` is the system's own, ours begin at `lo1`. */
export function loopbackName(number: number): string {
  return `lo${number}`
}

/** The address, and the interface in the IGP, so that it is advertised. */
export const loopback: Express<'loopback'> = (element, facts) => {
  if (facts.igp.protocol === 'ospfv2' && element.prefix.includes(':')) {
    return { unsupported: 'OSPFv2 carries no IPv6 prefix' }
  }
  for (const module of ['ietf-interfaces', 'ietf-ip', 'iana-if-type']) {
    if (!announces(facts, module)) return { unsupported: `the device does not announce ${module}` }
  }
  const [ip = '', length = ''] = element.prefix.split('/')
  const name = loopbackName(element.number)
  const claim = { element: element.id }
  const entry = interior(ip.includes(':') ? schema.ipv6Address : schema.ipv4Address, { ip, 'prefix-length': length })
  const family = interior(ip.includes(':') ? schema.ipv6 : schema.ipv4, {}, [entry])
  const trees: DataNode[] = [
    interior(schema.interfaces, {}, [
      interior(
        schema.interfaceEntry,
        { name, type: 'iana-if-type:softwareLoopback', enabled: 'true' },
        [family],
        claim,
      ),
    ]),
  ]
  // Without its model the IGP is configured by other means, and connected host routes are its business.
  if (announces(facts, igpModules(facts)[0])) {
    const passive = { passive: 'true' }
    trees.push(onInterface(facts, name, claim, { isis: passive, ospf: passive }))
  }
  return trees
}
