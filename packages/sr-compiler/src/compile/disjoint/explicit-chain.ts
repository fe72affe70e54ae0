import { DistanceCache } from '@segchain/path-engine'
import type { Rejection } from '@segchain/records'
import { requestOf } from '../chain-request.js'
import { type ChosenChain, finishChain } from '../choose-chain.js'
import { nodeSidOf, type PolicyContext } from '../policy-context.js'
import { remedyOf } from '../remedies.js'
import type { Steered } from '../steered.js'
import { explicitStack } from './explicit-stack.js'
import type { ExplicitWalk } from './explicit-walk.js'

/** The walk as a stack, traced and measured like any other. */
export function explicitChain(
  one: Steered,
  walk: ExplicitWalk,
  why: string,
  context: PolicyContext,
  cause: 'disjointFrom' | 'demand',
): ChosenChain | undefined {
  const { network, problems } = context
  const algorithm = one.chain.spec.algorithm ?? 0
  const topology = network.topology(algorithm)
  if (topology === undefined) return undefined
  const distances = new DistanceCache(topology)
  const nodeSid = (node: number) => nodeSidOf(context, node, algorithm)
  const stack = explicitStack(walk, one.headend.node.index, { network, distances, nodeSid })
  const result = 'why' in stack ? stack : finishChain(network, requestOf(one, context), stack, walk.services)
  if ('why' in result) {
    const where =
      cause === 'demand' ? one.steering.source.at(['spec', 'demand']) : one.chain.source.at(['spec', 'disjointFrom'])
    problems.add(
      result.code,
      where,
      `chain "${one.chain.name}", on an explicit way: ${result.why}`,
      result.hint ?? remedyOf(result.code),
    )
    return undefined
  }
  const rejected: Rejection[] = [{ what: 'the nearest instances by the IGP', why }]
  return { ...result, services: walk.services, rejected: [...rejected, ...one.chosen.rejected] }
}
