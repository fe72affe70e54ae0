import {
  encapsulate,
  nodeAt,
  type Outage,
  type Srv6Network,
  traceSrv6,
  whyNotInOrder,
  worstDelayUs,
} from '@segchain/path-engine'
import type { ImpactRecord } from '@segchain/records'
import { alternativesOf } from '../compile/load/alternatives.js'
import type { Model } from '../compile/model.js'
import type { SteeredSrv6 } from '../compile/srv6/steered-srv6.js'
import { policyKey } from '../compile/steered.js'
import { isTouched } from './footprint.js'
import { impactRecord, inList, nodesOf } from './impact-record.js'

/** What an outage does to every policy on SRv6. */
export function srv6ImpactOf(model: Model, outage: Outage, event: string): ImpactRecord[] {
  if (model.srv6.steered.length === 0) return []
  const gone = (service: string, node: number): boolean =>
    outage.services?.some((one) => one.service === service && one.node === node) ?? false
  let after: Srv6Network | undefined
  const networkFor = (one: SteeredSrv6): Srv6Network => {
    if (!isTouched(model.graph, one.chosen.trace, outage)) return model.srv6.network
    after ??= model.srv6.network.without(outage, gone)
    return after
  }
  return model.srv6.steered.flatMap((one) =>
    alternativesOf(one).map((list, i) => inList(compareSrv6(model, list, networkFor(list), event), i)),
  )
}

/** The same list of SIDs in two networks. */
export function compareSrv6(
  model: Model,
  one: SteeredSrv6,
  after: Srv6Network,
  event: string,
  afterModel: Model = model,
): ImpactRecord {
  const { trace: old, carriers, services } = one.chosen
  const start = afterModel.graph.indexOfNode.get(one.headend.node.id)
  const end = afterModel.graph.indexOfNode.get(nodeAt(model.graph, one.endpoint).id)
  const packet = encapsulate(
    carriers.map((carrier) => carrier.address),
    one.encapsulation,
  )
  const now = start === undefined ? undefined : traceSrv6(after, start, packet)
  return impactRecord({
    event,
    policy: `srv6-policy:${policyKey(one)}`,
    why: now === undefined || end === undefined ? 'its headend or endpoint is gone' : whyNotInOrder(now, services, end),
    nodesBefore: nodesOf(model, old),
    nodesAfter: now === undefined ? [] : nodesOf(afterModel, now),
    delayUsBefore: worstDelayUs(model.srv6.network, old),
    delayUsAfter: now === undefined ? undefined : worstDelayUs(after, now),
  })
}
