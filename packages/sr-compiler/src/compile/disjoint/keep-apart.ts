import { type Disjointness, disjointWalks, firstConflict, Resources, type Traveller } from '@segchain/path-engine'
import type { ChosenChain } from '../choose-chain.js'
import type { PolicyContext } from '../policy-context.js'
import { policyKey, type Steered } from '../steered.js'
import { explicitChain } from './explicit-chain.js'
import { cheapestWalk, type ExplicitWalk } from './explicit-walk.js'
import { type DisjointGroup, disjointGroups, mustKeepApart } from './groups.js'

interface Candidate {
  readonly cost: number
  readonly uses: ReadonlySet<string>
  readonly walk: ExplicitWalk
}

/**
 * Policies of chains that name each other in `disjointFrom`. Where their own ways have nothing in common they stay; else
 * all of the group get explicit ways, the cheapest set that keeps apart. What is impossible is in the problems.
 */
export function keepApart(steered: readonly Steered[], context: PolicyContext): Steered[] {
  const replaced = new Map<Steered, Steered>()
  for (const group of disjointGroups(context.intents)) {
    const members = steered.filter((one) => group.chains.includes(one.chain))
    const level = group.levels[0] ?? 'link'
    if (group.levels.length > 1) {
      reportLevels(group, context)
      continue
    }
    for (const [one, next] of separate(members, level, context)) replaced.set(one, next)
  }
  return steered.map((one) => replaced.get(one) ?? one)
}

function separate(
  members: readonly Steered[],
  level: Disjointness,
  context: PolicyContext,
): readonly (readonly [Steered, Steered])[] {
  const free = new Set(members.flatMap((one) => [one.headend.node.index, one.endpoint]))
  const resources = new Resources(context.graph, level, free)
  const apart = (a: number, b: number): boolean => {
    const [one, other] = [members[a], members[b]]
    return one !== undefined && other !== undefined && mustKeepApart(one.chain, other.chain)
  }
  const others = (number: number) => ({
    level,
    policies: [
      ...new Set(members.flatMap((one, i) => (apart(number, i) ? [`sr-policy:${policyKey(one)}`] : []))),
    ].sort(),
  })
  const own = members.map(({ chosen }) => ({
    cost: chosen.stack.cost,
    uses: resources.used(chosen.trace.hops.flatMap((hop) => hop.links.filter((link) => link >= 0))),
  }))
  const marked = (one: Steered, i: number, chosen: ChosenChain): Steered => {
    const disjointFrom = others(i)
    return { ...one, chosen, ...(disjointFrom.policies.length === 0 ? {} : { disjointFrom }) }
  }
  const conflict = firstConflict(own, apart)
  if (conflict === undefined) return members.map((one, i) => [one, marked(one, i, one.chosen)] as const)
  const travellers = members.map((one) => travellerOf(one, resources, context))
  const found = disjointWalks(travellers, apart)
  if (found.walks === undefined) {
    report(members, travellers, apart, resources, found.proven, context)
    return []
  }
  const names = (i: number): string => members[i]?.chain.name ?? ''
  const why = `chains ${names(conflict.a)} and ${names(conflict.b)} would share ${resources.describe(conflict.resource)}`
  return members.flatMap((one, i) => {
    const walk = found.walks?.[i]?.walk
    const chosen = walk === undefined ? undefined : explicitChain(one, walk, why, context, 'disjointFrom')
    return chosen === undefined ? [] : [[one, marked(one, i, chosen)] as const]
  })
}

function travellerOf(one: Steered, resources: Resources, { network }: PolicyContext): Traveller<Candidate> {
  const topology = network.topology(one.chain.spec.algorithm ?? 0)
  return {
    cheapest: (excluded) => {
      const walk = topology === undefined ? undefined : cheapestWalk(topology, one.request, resources.links(excluded))
      if (walk === undefined) return undefined
      const uses = resources.used(walk.stops.flatMap((stop) => [...stop.links]))
      return { cost: walk.cost, uses, walk }
    },
  }
}

/** Names what two chains both cannot do without, where there is such a thing. */
function report(
  members: readonly Steered[],
  travellers: readonly Traveller<Candidate>[],
  apart: (a: number, b: number) => boolean,
  resources: Resources,
  proven: boolean,
  { problems }: PolicyContext,
): void {
  const needed = travellers.map((traveller) => {
    const walk = traveller.cheapest(new Set())
    return new Set([...(walk?.uses ?? [])].filter((name) => traveller.cheapest(new Set([name])) === undefined))
  })
  const clash = firstConflict(
    needed.map((uses) => ({ cost: 0, uses })),
    apart,
  )
  const pair = clash ?? { a: 0, b: members.findIndex((_, i) => apart(0, i)) }
  const [one, other] = [members[pair.a], members[pair.b]]
  if (one === undefined || other === undefined) return
  const both = `chains "${one.chain.name}" and "${other.chain.name}"`
  const why =
    clash !== undefined
      ? `both need ${resources.describe(clash.resource)}`
      : proven
        ? 'every combination of ways shares something'
        : 'no combination was found, and the search was given up'
  problems.add(
    'NOT_DISJOINT',
    one.chain.source.at(['spec', one.chain.spec.disjointFrom === undefined ? 'services' : 'disjointFrom']),
    `${both} cannot be ${resources.level}-disjoint: ${why}`,
    resources.level === 'link' ? 'add a link or an instance, or drop disjointFrom' : 'disjointness: link asks for less',
  )
}

function reportLevels({ chains, levels }: DisjointGroup, { problems }: PolicyContext): void {
  const [first] = chains
  if (first === undefined) return
  problems.add(
    'DISJOINT_LEVELS',
    first.source.at(['spec', 'disjointness']),
    `chains ${chains.map((chain) => chain.name).join(', ')} keep apart at different levels: ${levels.join(', ')}`,
    'a group of chains has one level: say the same disjointness in each',
  )
}
