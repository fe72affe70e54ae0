import type { PrefixSidEntry } from '@segchain/path-engine'
import { requestOf } from '../chain-request.js'
import type { PolicyContext } from '../policy-context.js'
import { policyKey, type Steered } from '../steered.js'
import { explicitChain } from './explicit-chain.js'
import { cheapestWalk } from './explicit-walk.js'
import { disjointGroups } from './groups.js'
import { keepApart } from './keep-apart.js'

/** Chains over label stacks, by node-SIDs where they leave no choice and adjacency-SIDs elsewhere. */
export function keepApartMpls(steered: readonly Steered[], context: PolicyContext): Steered[] {
  const { graph, network, problems, intents } = context
  return keepApart<Steered, PrefixSidEntry>(steered, disjointGroups(intents), {
    graph,
    problems,
    policyOf: (one) => `sr-policy:${policyKey(one)}`,
    costOf: (one) => one.chosen.stack.cost,
    topologyOf: (one) => network.topology(one.chain.spec.algorithm ?? 0),
    cheapest: (topology, one, closed) => cheapestWalk(topology, requestOf(one, context), closed),
    explicit: (one, walk, why) => {
      const chosen = explicitChain(one, walk, why, context, 'disjointFrom')
      return chosen && { ...one, chosen }
    },
  })
}
