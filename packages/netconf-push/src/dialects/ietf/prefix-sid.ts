import { interior } from '../../model/index.js'
import { announces, type Express } from '../dialect.js'
import { algorithmIdentity } from './algorithm.js'
import { loopbackName } from './loopback.js'
import { igpModules, inSrMpls, onInterface } from './places.js'
import * as schema from './schema.js'

/**
 * The N-flag is not of the SID but of the prefix: `node-flag` of the loopback's interface in the IGP says it, clear
 * for anycast (RFC 8667 §2.1, RFC 7684 §2.1).
 */
export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const algorithm = algorithmIdentity(element.algorithm, facts)
  if (typeof algorithm !== 'string') return algorithm
  const values = {
    prefix: element.prefix,
    algorithm,
    'value-type': 'index',
    'start-sid': String(element.index),
    'last-hop-behavior': element.lastHopBehavior,
  }
  const entry = interior(schema.connectedPrefixSid, values, [], { element: element.id, exact: true })
  const sid = inSrMpls([interior(schema.bindings, {}, [interior(schema.connectedPrefixSidMap, {}, [entry])])])
  const number = facts.loopbacks.get(element.prefix)
  if (number === undefined || !announces(facts, igpModules(facts)[0])) return [sid]
  const flag = { 'node-flag': String(element.nodeFlag) }
  return [sid, onInterface(facts, loopbackName(number), { element: element.id }, { isis: flag, ospf: flag })]
}
