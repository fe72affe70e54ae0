import { type LabelNetwork, nodeAt, trace, whyNotInOrder, worstDelayUs } from '@segchain/path-engine'
import type { ImpactRecord } from '@segchain/records'
import { pushedLabels } from '../compile/choose-chain.js'
import { alternativesOf } from '../compile/load/alternatives.js'
import type { Model } from '../compile/model.js'
import { policyKey, type Steered } from '../compile/steered.js'
import type { Event } from './events.js'
import { isTouched } from './footprint.js'
import { impactRecord, inList, nodesOf } from './impact-record.js'
import { srv6ImpactOf } from './impact-srv6.js'

/**
 * What an outage does to every policy: the stacks stay as they are, the network converges. Only those that it touches are
 * followed anew; the others are what they were.
 */
export function impactOf(model: Model, event: Event): ImpactRecord[] {
  let after: LabelNetwork | undefined
  const networkFor = (one: Steered): LabelNetwork => {
    if (!isTouched(model.graph, one.chosen.trace, event.outage)) return model.network
    after ??= model.network.without(event.outage)
    return after
  }
  return [
    ...model.steered.flatMap((one) =>
      alternativesOf(one).map((list, i) => inList(compare(model, list, networkFor(list), event.text), i)),
    ),
    ...srv6ImpactOf(model, event.outage, event.text),
  ]
}

/** The same stack in two networks, told apart by the way that the packets take. */
export function compare(
  model: Model,
  one: Steered,
  after: LabelNetwork,
  event: string,
  afterModel: Model = model,
): ImpactRecord {
  const labels = pushedLabels(one.chosen)
  const old = one.chosen.trace
  const start = afterModel.graph.indexOfNode.get(one.headend.node.id)
  const end = afterModel.graph.indexOfNode.get(nodeAt(model.graph, one.endpoint).id)
  const isSame = after === model.network
  const now = start === undefined ? undefined : isSame ? old : trace(after, start, labels)
  const why =
    now === undefined || end === undefined
      ? 'its headend or endpoint is gone'
      : whyNotInOrder(now, one.chosen.services, end)
  const nodesBefore = nodesOf(model, old)
  const nodesAfter = now === undefined ? [] : nodesOf(afterModel, now)
  const delayUsBefore = worstDelayUs(model.network, old)
  const delayUsAfter = now === undefined ? undefined : isSame ? delayUsBefore : worstDelayUs(after, now)
  return impactRecord({
    event,
    policy: `sr-policy:${policyKey(one)}`,
    why,
    nodesBefore,
    nodesAfter,
    delayUsBefore,
    delayUsAfter,
  })
}
