import type { Srv6Network } from '@segchain/path-engine'
import { requestOf } from '../chain-request.js'
import { explicitChain } from '../disjoint/explicit-chain.js'
import { cheapestWalk, type Stop } from '../disjoint/explicit-walk.js'
import type { PolicyContext } from '../policy-context.js'
import { explicitSrv6Chain } from '../srv6/explicit-chain-srv6.js'
import { walkRequestOf } from '../srv6/explicit-srv6.js'
import type { SteeredSrv6 } from '../srv6/steered-srv6.js'
import type { Steered } from '../steered.js'

/** A way over chosen instances and links. */
export interface Way<S> {
  readonly cost: number
  readonly stops: readonly (Pick<Stop, 'links' | 'node'> & { readonly service?: { readonly name: string } })[]
  /** Undefined where it cannot be forced: then the problems say why. */
  readonly take: (why: string) => S | undefined
}

/** A chain that may be placed anew, on either data plane. */
export interface Mover<S> {
  readonly steering: Steered['steering']
  readonly cheapest: (closedLinks: ReadonlySet<number>, closedInstances: ReadonlySet<string>) => Way<S> | undefined
}

export function mplsMover(one: Steered, context: PolicyContext): Mover<Steered> {
  const topology = context.network.topology(one.chain.spec.algorithm ?? 0)
  const request = requestOf(one, context)
  return {
    steering: one.steering,
    cheapest: (links, instances) => {
      const walk = topology && cheapestWalk(topology, request, links, instances)
      if (walk === undefined) return undefined
      const take = (why: string): Steered | undefined => {
        const chosen = explicitChain(one, walk, why, context, 'demand')
        const { lists: _, ...rest } = one
        return chosen && { ...rest, chosen }
      }
      return { cost: walk.cost, stops: walk.stops, take }
    },
  }
}

export function srv6Mover(one: SteeredSrv6, network: Srv6Network, context: PolicyContext): Mover<SteeredSrv6> {
  const topology = network.topology(one.chain.spec.algorithm ?? 0)
  const request = walkRequestOf(one.request)
  return {
    steering: one.steering,
    cheapest: (links, instances) => {
      const walk = topology && cheapestWalk(topology, request, links, instances)
      if (walk === undefined) return undefined
      const take = (why: string) => explicitSrv6Chain(one, walk, why, { network, problems: context.problems }, 'demand')
      return { cost: walk.cost, stops: walk.stops, take }
    },
  }
}
