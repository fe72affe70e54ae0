import { nodeAt, nodeName, type Trace, type TraceHop, trace, whyNotInOrder, worstDelayUs } from '@segchain/path-engine'
import type { TraceHopRecord, TraceRecord } from '@segchain/records'
import { pushedLabels } from '../compile/choose-chain.js'
import type { Model } from '../compile/model.js'
import { policyKey, type Steered } from '../compile/steered.js'
import { servicesOfFirstBranch } from './first-branch.js'

/** The packet of a policy, hop by hop over every branch, and whether it visits its services in order. */
export function tracePolicy(model: Model, one: Steered, list = 0): (TraceRecord | TraceHopRecord)[] {
  const { network } = model
  const labels = pushedLabels(one.chosen)
  const path = trace(network, one.headend.node.index, labels)
  return records(
    model,
    `trace:${policyKey(one)}${list === 0 ? '' : `#${list + 1}`}`,
    path,
    labels,
    one.chosen.services,
    one.endpoint,
  )
}

/** A packet with any stack, from any node. */
export function traceStack(model: Model, headend: number, labels: readonly number[]): (TraceRecord | TraceHopRecord)[] {
  const path = trace(model.network, headend, labels)
  const visited = servicesOfFirstBranch(path)
  const end = path.hops.find((hop) => hop.action === 'deliver')?.node ?? -1
  return records(
    model,
    `trace:${nodeName(nodeAt(model.graph, headend))}:${labels.join(',')}`,
    path,
    labels,
    visited,
    end,
  )
}

function records(
  model: Model,
  id: string,
  path: Trace,
  labels: readonly number[],
  services: readonly string[],
  endpoint: number,
): (TraceRecord | TraceHopRecord)[] {
  const name = (node: number): string => nodeName(nodeAt(model.graph, node))
  const why = whyNotInOrder(path, services, endpoint)
  const delayUs = why === undefined ? worstDelayUs(model.network, path) : undefined
  const whole: TraceRecord = {
    kind: 'trace',
    id,
    headend: name(path.hops[0]?.node ?? -1),
    labels: [...labels],
    services: [...services],
    outcome: why === undefined ? 'in-order' : 'broken',
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(why === undefined ? {} : { why }),
  }
  const hop = (one: TraceHop, number: number): TraceHopRecord => ({
    kind: 'trace-hop',
    id: `${id}:${number}`,
    trace: id,
    number,
    position: one.position,
    node: name(one.node),
    labels: [...one.stack],
    action: one.action,
    ...(one.action === 'service' && one.sid?.service !== undefined ? { service: one.sid.service } : {}),
    next: [...one.next],
    ...(one.why === undefined ? {} : { why: one.why }),
  })
  return [whole, ...path.hops.map(hop)]
}
