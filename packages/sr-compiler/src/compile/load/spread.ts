import type { PrefixSidEntry } from '@segchain/path-engine'
import { requestOf } from '../chain-request.js'
import { type ChosenChain, finishChain } from '../choose-chain.js'
import { nodeSidOf, type PolicyContext } from '../policy-context.js'
import { buildStack, isFailure } from '../stack.js'
import type { Steered, WeightedChain } from '../steered.js'
import { combinationsOf, distributionsOf, type Spreadable } from './distributions.js'

/**
 * Pinned chains over services whose instances all have a weight: one segment list for each combination of instances
 * that is needed, weighted so that every instance gets its share (RFC 9256 §2.11). Near instances of one service go
 * together with near ones of the next.
 */
export function spreadByWeight(steered: readonly Steered[], context: PolicyContext): Steered[] {
  return steered.map((one) => {
    if (one.chain.spec.mode !== 'pinned' || one.disjointFrom !== undefined) return one
    const distributions = distributionsOf(spreadable(one, context), context)
    if (distributions.every(({ nodes }) => nodes.length < 2)) return one
    const lists = combinationsOf(distributions).flatMap(({ weight, nodes }, i): WeightedChain[] => {
      const chosen = chainOver(one, nodes, i, context)
      return chosen === undefined ? [] : [{ weight, chosen }]
    })
    const [first] = lists
    return first === undefined ? one : { ...one, chosen: first.chosen, lists }
  })
}

function spreadable(one: Steered, { network, sids }: PolicyContext): Spreadable {
  return {
    services: one.chosen.services,
    endsOf: (service) => one.chosen.stack.entries.find(({ sid }) => sid.service === service)?.ends ?? [],
    distanceTo: (node) => {
      const host = nodeSidOf({ sids }, node, one.chain.spec.algorithm ?? 0)
      const routes = host === undefined ? undefined : network.routes(host)
      return routes?.distance[one.headend.node.index] ?? Number.POSITIVE_INFINITY
    },
  }
}

function chainOver(
  one: Steered,
  nodes: readonly number[],
  number: number,
  context: PolicyContext,
): ChosenChain | undefined {
  const algorithm = one.chain.spec.algorithm ?? 0
  const asked = requestOf(one, context)
  const sids: PrefixSidEntry[] = []
  let here = one.headend.node.index
  for (const [i, service] of one.chosen.services.entries()) {
    const node = nodes[i] ?? -1
    const host = nodeSidOf(context, node, algorithm)
    const sid = asked.sidOfService(service)
    if (host === undefined || sid === undefined) return undefined
    if (node !== here) sids.push(host)
    sids.push(sid)
    here = node
  }
  if (here !== one.endpoint) sids.push(asked.endpoint)
  const stack = buildStack(context.network, one.headend.node.index, sids)
  const splitter = asked.splitterOf?.(`${one.steering.name}/list-${number}`)
  const request = { ...asked, ...(splitter === undefined ? {} : { splitter }) }
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
