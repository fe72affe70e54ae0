import { interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { ALWAYS_POPPED } from '../refusal.js'
import { entryOf, loopbackName, onInterface, onlyIsis } from './places.js'
import * as schema from './schema.js'

/** The SID is a label, on the interface that has the prefix. */
export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const { id, prefix, algorithm, label, lastHopBehavior, nodeFlag } = element
  const refused = onlyIsis(facts)
  if (refused !== undefined) return refused
  const number = facts.loopbacks.get(prefix)
  if (number === undefined)
    return {
      unsupported: `OpenConfig has prefix-SIDs on interfaces, and the plan has no loopback with ${prefix} on this device`,
    }
  if (!nodeFlag)
    return { unsupported: 'OpenConfig has no N-flag: an anycast SID would be advertised as one of this node alone' }
  if (algorithm === 1) return { unsupported: 'OpenConfig has no prefix-SIDs of strict SPF' }
  if (algorithm >= 128 && lastHopBehavior !== 'php')
    return { unsupported: `OpenConfig has no ${lastHopBehavior} for prefix-SIDs of a Flex-Algo`, hint: ALWAYS_POPPED }
  const options = { php: undefined, 'no-php': 'NO_PHP', 'explicit-null': 'EXPLICIT_NULL' }[lastHopBehavior]
  const claim = { element: id, exact: true }
  const sids =
    algorithm >= 128
      ? interior(schema.flexAlgoSids, {}, [
          entryOf(
            schema.flexAlgoSid,
            { prefix, 'flex-algo-id': String(algorithm) },
            { 'sid-id': String(label) },
            [],
            claim,
          ),
        ])
      : interior(schema.prefixSids, {}, [
          entryOf(schema.prefixSid, { prefix }, { 'sid-id': String(label), 'label-options': options }, [], claim),
        ])
  return [onInterface(facts, loopbackName(number), {}, [sids], prefix.includes(':'))]
}
