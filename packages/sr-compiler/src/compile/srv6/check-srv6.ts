import { firstConflict, Resources, type Walk } from '@segchain/path-engine'
import type { Intent } from '../../intents/intent.js'
import type { ChainIntent } from '../../intents/schema/index.js'
import { allCrossed } from '../crossed-links.js'
import { disjointGroups, mustKeepApart } from '../disjoint/groups.js'
import type { PolicyContext } from '../policy-context.js'
import type { Steered } from '../steered.js'
import { dataPlaneOf } from './data-plane.js'
import type { SteeredSrv6 } from './steered-srv6.js'

type Context = Pick<PolicyContext, 'graph' | 'intents' | 'problems'>

interface Member {
  readonly chain: Intent<ChainIntent>
  readonly ends: readonly number[]
  readonly walk: Walk
  readonly isSrv6: boolean
}

/**
 * A chain over SRv6 and a label stack are not moved apart from one another: whether the ways that they have share
 * something is checked.
 */
export function checkApart(mpls: readonly Steered[], srv6: readonly SteeredSrv6[], context: Context): void {
  const { graph, intents, problems } = context
  for (const { chains, levels } of disjointGroups(intents)) {
    const [level = 'link'] = levels
    const member = (one: Steered | SteeredSrv6, isSrv6: boolean): Member[] =>
      chains.includes(one.chain)
        ? [{ chain: one.chain, ends: [one.headend.node.index, one.endpoint], walk: one.chosen.trace, isSrv6 }]
        : []
    const members = [...srv6.flatMap((one) => member(one, true)), ...mpls.flatMap((one) => member(one, false))]
    if (levels.length > 1 || members.every(({ isSrv6 }) => isSrv6 === members[0]?.isSrv6)) continue
    const resources = new Resources(graph, level, new Set(members.flatMap(({ ends }) => ends)))
    const uses = members.map(({ walk }) => ({
      cost: 0,
      uses: resources.used(allCrossed(graph, walk)),
    }))
    const conflict = firstConflict(uses, (a, b) => {
      const [one, other] = [members[a], members[b]]
      if (one === undefined || other === undefined) return false
      return (one.isSrv6 || other.isSrv6) && mustKeepApart(one.chain, other.chain)
    })
    const [one, other] = [members[conflict?.a ?? -1], members[conflict?.b ?? -1]]
    if (conflict === undefined || one === undefined || other === undefined) continue
    const asks = one.chain.spec.disjointFrom?.includes(other.chain.name) ? one : other
    const number = asks.chain.spec.disjointFrom?.indexOf(asks === one ? other.chain.name : one.chain.name) ?? 0
    problems.add(
      'NOT_DISJOINT',
      asks.chain.source.at(['spec', 'disjointFrom', number]),
      `chains "${one.chain.name}" and "${other.chain.name}" are not ${level}-disjoint: both use ${resources.describe(conflict.resource)}, and a chain over SRv6 is not moved apart from a label stack`,
      'one dataPlane for all of them finds ways with nothing in common; or other algorithms, other instances',
    )
  }
}

/** A bound that is of the other data plane has no effect, and who wrote it should know. */
export function checkBounds({ intents, problems }: Pick<Context, 'intents' | 'problems'>): void {
  for (const chain of intents.chains.values()) {
    const plane = dataPlaneOf(chain, intents)
    const other = plane === 'srv6' ? 'labels' : plane === 'mpls' ? 'sids' : undefined
    if (other === undefined || chain.spec.bounds?.[other] === undefined) continue
    problems.warn(
      'BOUND_WITHOUT_EFFECT',
      chain.source.at(['spec', 'bounds', other]),
      `bounds.${other} is of ${other === 'labels' ? 'label stacks' : 'SRv6'}, and chain "${chain.name}" goes over ${plane === 'srv6' ? 'SRv6' : 'label stacks'}`,
      `bounds.${other === 'labels' ? 'sids' : 'labels'} is that of this data plane`,
    )
  }
}
