import { claimed, type Literal } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isIsis } from '../facts.js'
import { ALWAYS_POPPED } from '../refusal.js'
import { loopbackName, missing, onInterface } from './places.js'

/** On the loopback that has the prefix; `n-flag-clear` is of the SID. */
export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const { id, prefix, algorithm, index, lastHopBehavior, nodeFlag } = element
  const number = facts.loopbacks.get(prefix)
  if (number === undefined) {
    return { unsupported: `IOS XR has prefix-SIDs on interfaces, and the plan has no loopback with ${prefix}` }
  }
  if (algorithm > 1 && algorithm < 128) return { unsupported: `IOS XR has no SIDs of algorithm ${algorithm}` }
  if (!isIsis(facts) && lastHopBehavior === 'no-php') {
    return {
      unsupported: 'OSPF of IOS XR has no word for no-PHP: its neighbours take the label off',
      hint: ALWAYS_POPPED,
    }
  }
  const explicitNull = lastHopBehavior === 'explicit-null'
  const claim = { element: id, exact: true }
  const isis = claimed(claim, {
    'index-id': String(index),
    'php-disable': lastHopBehavior === 'no-php' ? true : undefined,
    'explicit-null': explicitNull ? true : undefined,
    'n-flag-clear': nodeFlag ? undefined : true,
  })
  const ospf = claimed(claim, {
    'sid-index': String(index),
    'explicit-null': explicitNull ? {} : undefined,
    'n-flag-clear': nodeFlag ? undefined : {},
  })
  const ofAlgorithm = (content: Literal): Literal => ({
    'prefix-sid':
      algorithm === 0
        ? content
        : algorithm === 1
          ? { 'strict-spf': content }
          : { algorithms: { algorithm: { 'algorithm-number': String(algorithm), ...content } } },
  })
  return (
    missing(facts) ?? [
      onInterface(
        facts,
        loopbackName(number),
        {},
        {
          isis: {},
          isisFamily: ofAlgorithm({ index: isis }),
          ospf: ofAlgorithm({ index: ospf }),
          v6: prefix.includes(':'),
        },
      ),
    ]
  )
}
