import { isIsis } from '../facts.js'
import type { Express } from './expression.js'
import { igpBlock, withoutOspfV3 } from './places.js'

const MAX_INDEX = 65_535

export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const { id, prefix, index, lastHopBehavior, nodeFlag } = element
  if (index > MAX_INDEX) return { unsupported: `FRR has SID indexes up to ${MAX_INDEX}` }
  const isis = isIsis(facts)
  if (element.algorithm !== 0 && (element.algorithm < 128 || !isis)) {
    return { unsupported: `FRR has no SIDs of algorithm ${element.algorithm}${isis ? '' : ' in OSPF'}` }
  }
  if (!nodeFlag && !isis) return { unsupported: 'OSPF of FRR has no way to clear the N-flag: no anycast' }
  const algorithm = element.algorithm === 0 ? '' : ` algorithm ${element.algorithm}`
  const key = `segment-routing prefix ${prefix}${algorithm}`
  const behavior = { php: '', 'no-php': ' no-php-flag', 'explicit-null': ' explicit-null' }[lastHopBehavior]
  const nFlag = nodeFlag ? '' : ' n-flag-clear'
  const line = `${key} index ${index}${behavior}${nFlag}`
  // Without an algorithm the key would also begin the lines of the same prefix in other algorithms.
  const statement = { context: [igpBlock(facts)], line, key: `${key} index`, element: id }
  return withoutOspfV3(facts) ?? { statements: [statement] }
}
