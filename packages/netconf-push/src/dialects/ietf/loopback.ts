import { type DataNode, interior } from '../../model/index.js'
import { announces, type Express } from '../dialect.js'
import { inIsis } from './places.js'
import * as schema from './schema.js'

/** RFC 8343 leaves names to the device; `lo0` is the system's own, ours begin at `lo1`. */
export function loopbackName(number: number): string {
  return `lo${number}`
}

/** The address, and the interface in IS-IS, so that it is advertised. N-flag clear: RFC 9130's default. */
export const loopback: Express<'loopback'> = (element, facts) => {
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
  // Without ietf-isis the IGP is configured by other means, and connected host routes are its business.
  if (announces(facts, 'ietf-isis')) {
    const isisInterface = interior(schema.isisInterface, { name, passive: 'true', 'node-flag': 'false' }, [], claim)
    trees.push(inIsis(facts.igpInstance, [interior(schema.isisInterfaces, {}, [isisInterface])]))
  }
  return trees
}
