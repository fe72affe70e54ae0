import { interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { algorithmIdentity } from './algorithm.js'
import { inSrMpls } from './places.js'
import * as schema from './schema.js'

/**
 * The N-flag is not of the SID but of the prefix: `node-flag` of the loopback's IS-IS interface says it
 * (loopback.ts).
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
  return [inSrMpls([interior(schema.bindings, {}, [interior(schema.connectedPrefixSidMap, {}, [entry])])])]
}
