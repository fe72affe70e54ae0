import {
  type Graph,
  nodeAt,
  nodeName,
  type Walk,
  type WalkHop,
  whyNotInOrder,
  worstDelayUs,
} from '@segchain/path-engine'
import type { TraceHopRecord, TraceRecord } from '@segchain/records'
import { servicesOfFirstBranch } from './first-branch.js'

/** What both data planes say of a step. */
type TracedHop = WalkHop & { readonly position: number }

export interface Traced<H extends TracedHop> {
  /** Of the trace record. */
  readonly id: string
  readonly path: Walk & { readonly hops: readonly H[] }
  /** What the packet must visit, in this order. */
  readonly services: readonly string[]
  /** Where it must be delivered. */
  readonly endpoint: number
  /** What the headend puts on the packet. */
  readonly pushed: Pick<TraceRecord, 'labels' | 'carriers'>
  /** What of the packet is seen at a step. */
  readonly seen: (hop: H) => Pick<TraceHopRecord, 'labels' | 'packet' | 'sent' | 'behavior'>
}

/** A trace as records, on either data plane: how the packet fares as a whole, then every step of every branch. */
export function walkRecords<H extends TracedHop>(graph: Graph, traced: Traced<H>): (TraceRecord | TraceHopRecord)[] {
  const { id, path, services } = traced
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const why = whyNotInOrder(path, services, traced.endpoint)
  const delayUs = why === undefined ? worstDelayUs({ graph }, path) : undefined
  const whole: TraceRecord = {
    kind: 'trace',
    id,
    headend: name(path.hops[0]?.node ?? -1),
    ...traced.pushed,
    services: [...services],
    outcome: why === undefined ? 'in-order' : 'broken',
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(why === undefined ? {} : { why }),
  }
  const hop = (one: H, number: number): TraceHopRecord => ({
    kind: 'trace-hop',
    id: `${id}:${number}`,
    trace: id,
    number,
    position: one.position,
    node: name(one.node),
    ...traced.seen(one),
    action: one.action,
    ...(one.action === 'service' && one.sid?.service !== undefined ? { service: one.sid.service } : {}),
    next: [...one.next],
    ...(one.why === undefined ? {} : { why: one.why }),
  })
  return [whole, ...path.hops.map(hop)]
}

/** Of a packet that nobody planned: the first branch is what the others are held against. */
export function firstBranch(path: Walk): { readonly services: readonly string[]; readonly endpoint: number } {
  const end = path.hops.find((hop) => hop.action === 'deliver')?.node ?? -1
  return { services: servicesOfFirstBranch(path), endpoint: end }
}
