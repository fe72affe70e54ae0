import type { PrefixSidEntry } from '@segchain/path-engine'
import { type ChosenChain, finishChain } from '../choose-chain.js'
import { nodeSidOf, type PolicyContext } from '../policy-context.js'
import { buildStack, isFailure } from '../stack.js'
import type { Steered, WeightedChain } from '../steered.js'

/** Instances of one service on the chain, and how much of the traffic each is to get. */
interface Distribution {
  readonly service: string
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

/** Sums of weights that have no small common multiple are rounded to this many parts. */
const PARTS = 1000
const MOST_PARTS = 0x7fff_ffff

/**
 * Pinned chains over services whose instances all have a weight: one segment list for each combination of instances
 * that is needed, weighted so that every instance gets its share (RFC 9256 §2.11). Near instances of one service go
 * together with near ones of the next.
 */
export function spreadByWeight(steered: readonly Steered[], context: PolicyContext): Steered[] {
  return steered.map((one) => {
    if (one.chain.spec.mode !== 'pinned' || one.disjointFrom !== undefined) return one
    const distributions = distributionsOf(one, context)
    if (distributions.every(({ nodes }) => nodes.length < 2)) return one
    const lists = combinationsOf(distributions).flatMap(({ weight, nodes }, i): WeightedChain[] => {
      const chosen = chainOver(one, nodes, i, context)
      return chosen === undefined ? [] : [{ weight, chosen }]
    })
    const [first] = lists
    return first === undefined ? one : { ...one, chosen: first.chosen, lists }
  })
}

function distributionsOf(one: Steered, { intents, directory, network, sids }: PolicyContext): Distribution[] {
  const algorithm = one.chain.spec.algorithm ?? 0
  return one.chosen.services.map((service) => {
    const instances = intents.services.get(service)?.spec.instances ?? []
    const entry = one.chosen.stack.entries.find(({ sid }) => sid.service === service)
    const own: Distribution = { service, nodes: entry?.ends ?? [], weights: [1] }
    if (instances.some((instance) => instance.weight === undefined)) return own
    const placed = instances.flatMap((instance) => {
      const at = directory.managed.find(({ device, node }) =>
        [device.name, device.spec.node, node.id].includes(instance.node),
      )
      const host = at === undefined ? undefined : nodeSidOf({ sids }, at.node.index, algorithm)
      const routes = host === undefined ? undefined : network.routes(host)
      const far = routes?.distance[one.headend.node.index] ?? Number.POSITIVE_INFINITY
      return at === undefined || !Number.isFinite(far)
        ? []
        : [{ node: at.node.index, weight: instance.weight ?? 1, far }]
    })
    placed.sort((a, b) => a.far - b.far || a.node - b.node)
    if (placed.length === 0) return own
    return { service, nodes: placed.map(({ node }) => node), weights: placed.map(({ weight }) => weight) }
  })
}

/** The distributions laid side by side: where one changes its instance, a new combination begins. */
function combinationsOf(distributions: readonly Distribution[]): { weight: number; nodes: number[] }[] {
  const sums = distributions.map(({ weights }) => weights.reduce((sum, weight) => sum + weight, 0))
  const common = sums.reduce(leastMultiple, 1)
  const parts = common > MOST_PARTS ? PARTS : common
  const ends = distributions.map(({ weights }, i) => {
    let sum = 0
    return weights.map((weight) => {
      sum += weight
      return Math.round((sum * parts) / (sums[i] ?? 1))
    })
  })
  const cuts = [...new Set(ends.flat())].sort((a, b) => a - b)
  let from = 0
  const found: { weight: number; nodes: number[] }[] = []
  for (const to of cuts) {
    const start = from
    if (to > start) {
      const nodes = distributions.map(({ nodes: own }, i) => own[(ends[i] ?? []).findIndex((end) => end > start)] ?? -1)
      found.push({ weight: to - start, nodes })
    }
    from = to
  }
  const divisor = found.reduce((all, { weight }) => greatestDivisor(all, weight), 0)
  return found.map(({ weight, nodes }) => ({ weight: weight / Math.max(1, divisor), nodes }))
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

function leastMultiple(a: number, b: number): number {
  return b === 0 ? a : Math.min(MOST_PARTS + 1, (a / greatestDivisor(a, b)) * b)
}

function chainOver(
  one: Steered,
  nodes: readonly number[],
  number: number,
  context: PolicyContext,
): ChosenChain | undefined {
  const algorithm = one.chain.spec.algorithm ?? 0
  const sids: PrefixSidEntry[] = []
  let here = one.headend.node.index
  for (const [i, service] of one.chosen.services.entries()) {
    const node = nodes[i] ?? -1
    const host = nodeSidOf(context, node, algorithm)
    const sid = one.request.sidOfService(service)
    if (host === undefined || sid === undefined) return undefined
    if (node !== here) sids.push(host)
    sids.push(sid)
    here = node
  }
  if (here !== one.endpoint) sids.push(one.request.endpoint)
  const stack = buildStack(context.network, one.headend.node.index, sids)
  const { splitterOf } = one.request
  const splitter = splitterOf?.(`${one.steering.name}/list-${number}`)
  const request = { ...one.request, ...(splitter === undefined ? {} : { splitter }) }
  const result = isFailure(stack) ? stack : finishChain(context.network, request, stack, one.chosen.services)
  if (!('why' in result)) return { ...result, services: one.chosen.services, rejected: one.chosen.rejected }
  const names = one.chosen.services.join(', ')
  context.problems.add(
    result.code,
    one.chain.source.at(['spec', 'services']),
    `chain "${one.chain.name}" cannot be spread by the weights of ${names}: ${result.why}`,
    result.hint ?? 'take the weight from an instance that cannot serve, or widen the bounds',
  )
  return undefined
}
