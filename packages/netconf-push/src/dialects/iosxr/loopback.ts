import { claimed, fromLiteral, type Literal } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isIsis } from '../facts.js'
import { loopbackName, missing, onInterface } from './places.js'
import * as schema from './schema.js'

export const loopback: Express<'loopback'> = ({ id, prefix, number }, facts) => {
  const [ip = '', length = ''] = prefix.split('/')
  const v6 = ip.includes(':')
  if (v6 && !isIsis(facts)) return { unsupported: 'OSPFv2 carries no IPv6 prefix' }
  const address: Literal = v6
    ? { ipv6: { addresses: { 'ipv6-address': { address: ip, 'prefix-length': length, zone: '0' } } } }
    : { ipv4: { addresses: { address: { address: ip, netmask: netmask(Number(length)) } } } }
  const name = loopbackName(number)
  return (
    missing(facts, 'Cisco-IOS-XR-um-interface-cfg', 'Cisco-IOS-XR-um-if-ip-address-cfg') ?? [
      fromLiteral(schema.interfaces, { interface: claimed({ element: id }, { 'interface-name': name, ...address }) }),
      onInterface(
        facts,
        name,
        { element: id },
        {
          isis: { state: 'passive' },
          isisFamily: {},
          ospf: { passive: { enable: {} } },
          v6,
        },
      ),
    ]
  )
}

/** `255.255.255.255` of 32. */
function netmask(length: number): string {
  const bits = length === 0 ? 0 : (0xffff_ffff << (32 - length)) >>> 0
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
}
