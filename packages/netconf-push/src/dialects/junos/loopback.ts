import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isIsis } from '../facts.js'
import { configuration, inArea, inIgp, LOOPBACK, withoutOspfV3 } from './places.js'

/** An address more of lo0.0, which is passive in the IGP. */
export const loopback: Express<'loopback'> = ({ id, prefix }, facts) => {
  const v6 = prefix.includes(':')
  if (v6 && !isIsis(facts)) return { unsupported: 'OSPFv2 carries no IPv6 prefix' }
  const family = { address: claimed({ element: id }, { name: prefix }) }
  const passive = { interface: claimed({ element: id }, { name: LOOPBACK, passive: {} }) }
  return (
    withoutOspfV3(facts) ?? [
      configuration({
        interfaces: { interface: { name: 'lo0', unit: { name: '0', family: { [v6 ? 'inet6' : 'inet']: family } } } },
        ...inIgp(facts, { isis: passive, ospf: inArea(facts, passive) }),
      }),
    ]
  )
}
