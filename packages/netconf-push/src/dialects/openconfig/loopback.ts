import { interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { entryOf, inIsis, loopbackName, onlyIsis } from './places.js'
import * as schema from './schema.js'

export const loopback: Express<'loopback'> = ({ id, prefix, number }, facts) => {
  const refused = onlyIsis(facts)
  if (refused !== undefined) return refused
  const [ip = '', length = ''] = prefix.split('/')
  const v6 = ip.includes(':')
  const address = entryOf(v6 ? schema.ipv6Address : schema.ipv4Address, { ip }, { 'prefix-length': length })
  const family = v6
    ? interior(schema.ipv6, {}, [interior(schema.ipv6Addresses, {}, [address])])
    : interior(schema.ipv4, {}, [interior(schema.ipv4Addresses, {}, [address])])
  const name = loopbackName(number)
  const claim = { element: id }
  return [
    interior(schema.interfaces, {}, [
      entryOf(
        schema.interfaceEntry,
        { name },
        { type: 'iana-if-type:softwareLoopback' },
        [interior(schema.subinterfaces, {}, [entryOf(schema.subinterface, { index: '0' }, {}, [family])])],
        claim,
      ),
    ]),
    inIsis(facts.igpInstance, [
      interior(schema.isisInterfaces, {}, [
        entryOf(schema.isisInterface, { 'interface-id': name }, { enabled: 'true', passive: 'true' }, [], claim),
      ]),
    ]),
  ]
}
