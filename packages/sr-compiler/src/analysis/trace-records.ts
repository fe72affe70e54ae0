import { nodeAt, nodeName, type TraceHop, trace } from '@segchain/path-engine'
import type { TraceHopRecord, TraceRecord } from '@segchain/records'
import { pushedLabels } from '../compile/choose-chain.js'
import type { Model } from '../compile/model.js'
import { policyKey, type Steered } from '../compile/steered.js'
import { firstBranch, walkRecords } from './walk-records.js'

/** The packet of a policy, hop by hop over every branch, and whether it visits its services in order. */
export function tracePolicy(model: Model, one: Steered, list = 0): (TraceRecord | TraceHopRecord)[] {
  const labels = pushedLabels(one.chosen)
  const { services } = one.chosen
  return walkRecords(model.graph, {
    id: `trace:${policyKey(one)}${list === 0 ? '' : `#${list + 1}`}`,
    path: trace(model.network, one.headend.node.index, labels),
    services,
    endpoint: one.endpoint,
    ...overLabels(labels),
  })
}

/** A packet with any stack, from any node. */
export function traceStack(model: Model, headend: number, labels: readonly number[]): (TraceRecord | TraceHopRecord)[] {
  const path = trace(model.network, headend, labels)
  const id = `trace:${nodeName(nodeAt(model.graph, headend))}:${labels.join(',')}`
  return walkRecords(model.graph, { id, path, ...firstBranch(path), ...overLabels(labels) })
}

function overLabels(labels: readonly number[]) {
  return { pushed: { labels: [...labels] }, seen: (hop: TraceHop) => ({ labels: [...hop.stack] }) }
}
