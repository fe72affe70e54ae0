import type { Locator } from '@segchain/path-engine'
import { cheapestWalk } from '../disjoint/explicit-walk.js'
import { type DisjointGroup, disjointGroups } from '../disjoint/groups.js'
import { keepApart } from '../disjoint/keep-apart.js'
import { policyKey } from '../steered.js'
import { dataPlaneOf } from './data-plane.js'
import { explicitSrv6Chain } from './explicit-chain-srv6.js'
import { walkRequestOf } from './explicit-srv6.js'
import type { Srv6Context, SteeredSrv6 } from './steered-srv6.js'

/** Chains over SRv6 that keep apart from such chains alone. */
export function srv6Groups({ intents }: Pick<Srv6Context, 'intents'>): DisjointGroup[] {
  return disjointGroups(intents).filter(({ chains }) => chains.every((chain) => dataPlaneOf(chain, intents) === 'srv6'))
}

/** As for label stacks (`keepApartMpls`), by End and End.X SIDs. */
export function keepApartSrv6(steered: readonly SteeredSrv6[], context: Srv6Context): SteeredSrv6[] {
  const { graph, srv6, problems } = context
  // That a group has several levels is said where label stacks are kept apart.
  const groups = srv6Groups(context).filter(({ levels }) => levels.length < 2)
  return keepApart<SteeredSrv6, Locator>(steered, groups, {
    graph,
    problems,
    policyOf: (one) => `srv6-policy:${policyKey(one)}`,
    costOf: (one) => one.chosen.cost,
    topologyOf: (one) => srv6.topology(one.chain.spec.algorithm ?? 0),
    cheapest: (topology, one, closed) => cheapestWalk(topology, walkRequestOf(one.request), closed),
    explicit: (one, walk, why) => explicitSrv6Chain(one, walk, why, { network: srv6, problems }, 'disjointFrom'),
  })
}
