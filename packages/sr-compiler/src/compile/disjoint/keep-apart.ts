import {
  type AlgorithmTopology,
  type Disjointness,
  disjointWalks,
  firstConflict,
  type Graph,
  Resources,
  type Traveller,
  type Walk,
} from '@segchain/path-engine'
import type { DisjointFrom } from '@segchain/records'
import type { Intent } from '../../intents/intent.js'
import type { ChainIntent } from '../../intents/schema/index.js'
import { allCrossed } from '../crossed-links.js'
import type { ManagedNode } from '../nodes.js'
import type { Problems } from '../problems.js'
import type { ExplicitWalk } from './explicit-walk.js'
import { type DisjointGroup, mustKeepApart } from './groups.js'

/** A Steering with its chain, on either data plane. */
interface Member {
  readonly chain: Intent<ChainIntent>
  readonly headend: ManagedNode
  readonly endpoint: number
  readonly chosen: { readonly trace: Walk }
}

/** What a data plane does its own way; `S` are its Steerings, `L` what leads to services. */
export interface ApartPlane<S, L> {
  readonly graph: Graph
  readonly problems: Problems
  /** Id of the plan element. */
  readonly policyOf: (one: S) => string
  readonly costOf: (one: S) => number
  readonly topologyOf: (one: S) => AlgorithmTopology | undefined
  readonly cheapest: (topology: AlgorithmTopology, one: S, closed: ReadonlySet<number>) => ExplicitWalk<L> | undefined
  /** Undefined where the way cannot be forced: then the problems say why. */
  readonly explicit: (one: S, walk: ExplicitWalk<L>, why: string) => S | undefined
}

interface Candidate<L> {
  readonly cost: number
  readonly uses: ReadonlySet<string>
  readonly walk: ExplicitWalk<L>
}

/**
 * Policies of chains that name each other in `disjointFrom`. Where their own ways have nothing in common they stay; else
 * all of the group get explicit ways, the cheapest set that keeps apart. What is impossible is in the problems.
 */
export function keepApart<S extends Member, L>(
  steered: readonly S[],
  groups: readonly DisjointGroup[],
  plane: ApartPlane<S, L>,
): (S & { readonly disjointFrom?: DisjointFrom })[] {
  const replaced = new Map<S, S>()
  for (const group of groups) {
    const members = steered.filter((one) => group.chains.includes(one.chain))
    const level = group.levels[0] ?? 'link'
    if (group.levels.length > 1) {
      reportLevels(group, plane)
      continue
    }
    for (const [one, next] of separate(members, level, plane)) replaced.set(one, next)
  }
  return steered.map((one) => replaced.get(one) ?? one)
}

function separate<S extends Member, L>(
  members: readonly S[],
  level: Disjointness,
  plane: ApartPlane<S, L>,
): readonly (readonly [S, S])[] {
  const free = new Set(members.flatMap((one) => [one.headend.node.index, one.endpoint]))
  const resources = new Resources(plane.graph, level, free)
  const apart = (a: number, b: number): boolean => {
    const [one, other] = [members[a], members[b]]
    return one !== undefined && other !== undefined && mustKeepApart(one.chain, other.chain)
  }
  const marked = (one: S, number: number): S => {
    const policies = [
      ...new Set(members.flatMap((other, i) => (apart(number, i) ? [plane.policyOf(other)] : []))),
    ].sort()
    return policies.length === 0 ? one : { ...one, disjointFrom: { level, policies } }
  }
  const own = members.map((one) => ({
    cost: plane.costOf(one),
    uses: resources.used(allCrossed(plane.graph, one.chosen.trace)),
  }))
  const conflict = firstConflict(own, apart)
  if (conflict === undefined) return members.map((one, i) => [one, marked(one, i)] as const)
  const travellers = members.map((one) => travellerOf(one, resources, plane))
  const found = disjointWalks(travellers, apart)
  if (found.walks === undefined) {
    report(members, travellers, apart, resources, found.proven, plane)
    return []
  }
  const names = (i: number): string => members[i]?.chain.name ?? ''
  const why = `chains ${names(conflict.a)} and ${names(conflict.b)} would share ${resources.describe(conflict.resource)}`
  return members.flatMap((one, i) => {
    const walk = found.walks?.[i]?.walk
    const moved = walk && plane.explicit(one, walk, why)
    return moved === undefined ? [] : [[one, marked(moved, i)] as const]
  })
}

function travellerOf<S, L>(one: S, resources: Resources, plane: ApartPlane<S, L>): Traveller<Candidate<L>> {
  const topology = plane.topologyOf(one)
  return {
    cheapest: (excluded) => {
      const walk = topology && plane.cheapest(topology, one, resources.links(excluded))
      if (walk === undefined) return undefined
      const uses = resources.used(walk.stops.flatMap((stop) => [...stop.links]))
      return { cost: walk.cost, uses, walk }
    },
  }
}

/** Names what two chains both cannot do without, where there is such a thing. */
function report<L>(
  members: readonly Member[],
  travellers: readonly Traveller<Candidate<L>>[],
  apart: (a: number, b: number) => boolean,
  resources: Resources,
  proven: boolean,
  { problems }: { readonly problems: Problems },
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

function reportLevels({ chains, levels }: DisjointGroup, { problems }: { readonly problems: Problems }): void {
  const [first] = chains
  if (first === undefined) return
  problems.add(
    'DISJOINT_LEVELS',
    first.source.at(['spec', 'disjointness']),
    `chains ${chains.map((chain) => chain.name).join(', ')} keep apart at different levels: ${levels.join(', ')}`,
    'a group of chains has one level: say the same disjointness in each',
  )
}
