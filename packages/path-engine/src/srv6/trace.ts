import { nodeAt, nodeName } from '../graph/graph.js'
import { hasLoop } from '../mpls/trace.js'
import { nextHops } from '../spf/routes.js'
import { formatIpv6 } from './address.js'
import { processAt } from './endpoint.js'
import type { Srv6Network } from './network.js'
import { formatPacket, type Srv6Packet } from './packet.js'
import type { Srv6Sid } from './sid.js'

export type Srv6Action = 'forward' | 'shift' | 'replace' | 'next-segment' | 'service' | 'deliver' | 'drop'

/** A packet at a node, what the node does with it, and where it may go from there. */
export interface Srv6Hop {
  /** Shortest number of steps from the headend. */
  readonly position: number
  readonly node: number
  /** On arrival; at the headend, as it was encapsulated. */
  readonly packet: Srv6Packet
  /** As the node sends it on, where it changes it. */
  readonly sent?: Srv6Packet
  readonly action: Srv6Action
  /** The node's own SID that the destination is. */
  readonly sid?: Srv6Sid
  readonly why?: string
  /** Numbers of the hops that may come next. */
  readonly next: readonly number[]
  /** Links that lead to them, in the same order; -1 when the packet stays at the node. */
  readonly links: readonly number[]
}

export interface Srv6Trace {
  readonly hops: readonly Srv6Hop[]
  readonly loop: boolean
}

/** More states than any real packet makes. */
const MAX_HOPS = 200_000

type Enqueue = (node: number, packet: Srv6Packet, position: number) => number

/** A symbolic packet through every equal-cost branch; packets that are alike at a node are one hop. */
export function traceSrv6(network: Srv6Network, headend: number, packet: Srv6Packet): Srv6Trace {
  const hops: Srv6Hop[] = []
  const numbers = new Map<string, number>()
  const queue: { node: number; packet: Srv6Packet; position: number }[] = []
  const enqueue: Enqueue = (node, carried, position) => {
    const key = `${node}|${formatPacket(carried)}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, queue.length)
    queue.push({ node, packet: carried, position })
    return queue.length - 1
  }
  enqueue(headend, packet, 0)
  for (let at = 0; at < queue.length && at < MAX_HOPS; at += 1) {
    const state = queue[at]
    if (state === undefined) break
    hops.push(step(network, state.node, state.packet, state.position, enqueue))
  }
  return { hops, loop: queue.length >= MAX_HOPS || hasLoop(hops) }
}

function step(network: Srv6Network, node: number, packet: Srv6Packet, position: number, enqueue: Enqueue): Srv6Hop {
  const here = { position, node, packet }
  const drop = (why: string): Srv6Hop => ({
    ...here,
    action: 'drop',
    why: `${nodeName(nodeAt(network.graph, node))}: ${why}`,
    next: [],
    links: [],
  })
  const sid = network.sidAt(node, packet.destination)
  if (sid === undefined) return forwardByLocator(network, node, packet, position, enqueue, drop)
  const beyond = whyBeyondLimits(network, node, sid, packet)
  if (beyond !== undefined) return { ...drop(beyond), sid }
  const result = processAt(sid, packet)
  if (result.kind === 'drop') return { ...drop(result.why), sid }
  if (result.kind === 'decapsulate') return { ...here, action: 'deliver', sid, next: [], links: [] }
  const action = sid.service === undefined ? result.how : 'service'
  const sent = result.packet
  if (sid.link !== undefined && sid.to !== undefined) {
    return { ...here, action, sid, sent, next: [enqueue(sid.to, sent, position + 1)], links: [sid.link] }
  }
  return { ...here, action, sid, sent, next: [enqueue(node, sent, position)], links: [-1] }
}

function forwardByLocator(
  network: Srv6Network,
  node: number,
  packet: Srv6Packet,
  position: number,
  enqueue: Enqueue,
  drop: (why: string) => Srv6Hop,
): Srv6Hop {
  const to = formatIpv6(packet.destination)
  const locator = network.locatorOf(packet.destination)
  if (locator === undefined) return drop(`no locator leads to ${to}`)
  const routes = network.routes(locator)
  if (routes === undefined) return drop(`algorithm ${locator.algorithm} is not computed`)
  if (routes.sinks.has(node)) return drop(`${to} is in its locator, and no SID of it`)
  const hops = nextHops(routes, node)
  if (hops.length === 0) return drop(`${locator.owner} cannot be reached with algorithm ${locator.algorithm}`)
  const next = hops.map((hop) => enqueue(hop.node, packet, position + 1))
  return { position, node, packet, action: 'forward', next, links: hops.map((hop) => hop.link) }
}

/** RFC 9352 §4: what the endpoint cannot do with a header of this size. */
function whyBeyondLimits(network: Srv6Network, node: number, sid: Srv6Sid, packet: Srv6Packet): string | undefined {
  const limits = network.limits(node)
  const { header } = packet
  if (limits === undefined || header === undefined) return undefined
  const { segmentsLeft, segments } = header
  if (segmentsLeft > limits.maxSegmentsLeft) {
    return `the packet comes with Segments Left ${segmentsLeft}, and it takes ${limits.maxSegmentsLeft} (MSD type 41)`
  }
  const result = processAt(sid, packet)
  if (result.kind === 'decapsulate' && segments.length > limits.maxEndD) {
    return `it can take off an SRH of ${limits.maxEndD} segments (MSD type 45), and this one has ${segments.length}`
  }
  const pops = result.kind === 'onward' && result.packet.header === undefined
  if (pops && segments.length > limits.maxEndPop) {
    return `it can pop an SRH of ${limits.maxEndPop} segments (MSD type 42), and this one has ${segments.length}`
  }
  return undefined
}
