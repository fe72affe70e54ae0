import type { Locator, Srv6Network } from '@segchain/path-engine'
import type { ExplicitWalk } from '../disjoint/explicit-walk.js'
import type { Problems } from '../problems.js'
import { remedyOf } from '../remedies.js'
import { explicitSrv6 } from './explicit-srv6.js'
import type { SteeredSrv6 } from './steered-srv6.js'

/** The walk as a list of SIDs; undefined where it cannot be forced, which the problems say. */
export function explicitSrv6Chain(
  one: SteeredSrv6,
  walk: ExplicitWalk<Locator>,
  why: string,
  { network, problems }: { readonly network: Srv6Network; readonly problems: Problems },
  cause: 'disjointFrom' | 'demand',
): SteeredSrv6 | undefined {
  const { chain, steering, chosen } = one
  const way = explicitSrv6(network, one.request, walk)
  if ('why' in way) {
    const path = chain.spec.disjointFrom === undefined ? 'services' : 'disjointFrom'
    problems.add(
      way.code,
      cause === 'demand' ? steering.source.at(['spec', 'demand']) : chain.source.at(['spec', path]),
      `chain "${chain.name}", on an explicit way: ${way.why}`,
      way.hint ?? remedyOf(way.code),
    )
    return undefined
  }
  const rejected = [{ what: 'the nearest instances by the IGP', why }, ...chosen.rejected]
  const { lists: _, ...rest } = one
  return { ...rest, chosen: { ...way, services: walk.services, rejected } }
}
