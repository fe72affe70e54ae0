import { SegchainError } from '@segchain/records'
import { encodeFirewallRule, encodeFirewallSet } from '../layout/firewall.js'
import type { Build } from './build.js'

/** Two halves: this generation writes into one while packets read the other. */
const HALF = 2048
const SETS = 127

/**
 * Writes the sets of rules. They are numbered anew in each generation, and labels name them by number: a packet
 * sees all the old rules or all the new ones.
 */
export function buildFirewalls(build: Build): ReadonlyMap<string, number> {
  const odd = build.generation % 2
  const sets = new Map<string, number>()
  let rule = odd * HALF
  for (const [name, { policy, rules }] of build.wanted.firewalls) {
    const id = 1 + odd * SETS + sets.size
    if (sets.size === SETS || rule + rules.length > (odd + 1) * HALF) throw tooManyRules()
    build.put('firewall_sets', id, encodeFirewallSet(rule, rules.length, policy))
    for (const [index, one] of rules.entries()) {
      build.put('firewall_rules', rule + index, encodeFirewallRule(one, rule + index))
    }
    rule += rules.length
    sets.set(name, id)
  }
  return sets
}

function tooManyRules(): SegchainError {
  return new SegchainError({
    category: 'rejected',
    code: 'TABLE_FULL',
    message: `at most ${SETS} firewalls with ${HALF} rules together`,
    hint: 'a firewall with more rules is a VNF of its own: nftables behind a veth',
  })
}
