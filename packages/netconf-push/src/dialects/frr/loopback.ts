import { isIsis, ospfArea } from '../facts.js'
import type { Express } from './expression.js'
import { withoutOspfV3 } from './places.js'

/** The addresses of all loopbacks are on `lo`: FRR makes no interfaces. */
export const loopback: Express<'loopback'> = ({ id, prefix }, facts) => {
  const family = prefix.includes(':') ? 'ipv6' : 'ip'
  if (family === 'ipv6' && !isIsis(facts)) return { unsupported: 'OSPFv2 carries no IPv6 prefix' }
  const context = ['interface lo']
  const key = isIsis(facts) ? `${family} router isis` : 'ip ospf area'
  const line = `${key} ${isIsis(facts) ? facts.igpInstance : ospfArea(facts)}`
  return (
    withoutOspfV3(facts) ?? {
      statements: [
        { context, line: `${family} address ${prefix}`, key: `${family} address ${prefix}`, element: id },
        // The router's own loopback is on this interface too.
        { context, line, key, element: id, shared: true },
      ],
    }
  )
}
