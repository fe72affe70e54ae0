import { claimed } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { ALWAYS_POPPED } from '../refusal.js'
import { configuration, inIgp, POLICY, withoutOspfV3 } from './places.js'

const MAX_INDEX = 199_999

/** A term of our export policy: the prefix gets an index, and the N-flag by `node-segment`. */
export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const { id, prefix, algorithm, index, lastHopBehavior, nodeFlag } = element
  if (lastHopBehavior !== 'php') {
    const why = `Junos has no ${lastHopBehavior} for a single prefix-SID: its neighbours take the label off`
    return { unsupported: why, hint: ALWAYS_POPPED }
  }
  if (index > MAX_INDEX) return { unsupported: `Junos has SID indexes up to ${MAX_INDEX}` }
  if (algorithm > 1 && algorithm < 128) return { unsupported: `Junos has no SIDs of algorithm ${algorithm}` }
  const sid = { index: String(index), 'node-segment': nodeFlag ? (true as const) : undefined }
  const claim = { element: id, exact: true }
  const term = claimed(claim, {
    name: `${prefix} algorithm ${algorithm}`,
    from: { 'route-filter': { address: prefix, 'choice-ident': 'exact', 'choice-value': '' } },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a word of Junos, and this is configuration, no promise.
    then: {
      'prefix-segment': algorithm === 0 ? sid : { algorithm: { name: String(algorithm), ...sid } },
      accept: true,
    },
  })
  return (
    withoutOspfV3(facts) ?? [
      configuration({
        'policy-options': { 'policy-statement': { name: POLICY, term } },
        ...inIgp(facts, { isis: { export: POLICY }, ospf: { 'source-packet-routing': { 'prefix-segment': POLICY } } }),
      }),
    ]
  )
}
