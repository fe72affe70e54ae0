import { isIsis } from '../facts.js'
import type { Express } from './expression.js'
import { igpBlock } from './places.js'

const MAX_INDEX = 65_535

export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const { id, prefix, index, lastHopBehavior, nodeFlag } = element
  if (!isIsis(facts)) {
    return { unsupported: 'OSPF of FRR has one prefix-SID on lo, and ours would take the place of the router’s own' }
  }
  if (index > MAX_INDEX) return { unsupported: `FRR has SID indexes up to ${MAX_INDEX}` }
  if (element.algorithm !== 0 && element.algorithm < 128) {
    return { unsupported: `FRR has no SIDs of algorithm ${element.algorithm}` }
  }
  const algorithm = element.algorithm === 0 ? '' : ` algorithm ${element.algorithm}`
  const key = `segment-routing prefix ${prefix}${algorithm}`
  const behavior = { php: '', 'no-php': ' no-php-flag', 'explicit-null': ' explicit-null' }[lastHopBehavior]
  const nFlag = nodeFlag ? '' : ' n-flag-clear'
  const line = `${key} index ${index}${behavior}${nFlag}`
  // Without an algorithm the key would also begin the lines of the same prefix in other algorithms.
  return { statements: [{ context: [igpBlock(facts)], line, key: `${key} index`, element: id }] }
}
