import { nodeAt, nodeName } from '../graph/graph.js'
import { forward } from './forward.js'
import type { LabelNetwork } from './network.js'
import type { PrefixSidEntry } from './prefix-sids.js'

export type HopAction = 'swap' | 'pop' | 'push' | 'end' | 'service' | 'deliver' | 'leave' | 'drop'

/** A packet at a node, what the node does with it, and where it may go from there. */
export interface TraceHop {
  /** Shortest number of steps from the headend. */
  readonly position: number
  readonly node: number
  /** On arrival (at the headend: as pushed), top first. */
  readonly stack: readonly number[]
  readonly action: HopAction
  readonly sid?: PrefixSidEntry
  readonly why?: string
  /** Numbers of the hops that may come next. */
  readonly next: readonly number[]
  /** Links that lead to them, in the same order; -1 when the packet stays at the node. */
  readonly links: readonly number[]
}

export interface Trace {
  readonly hops: readonly TraceHop[]
  /** A packet could meet the same node with the same stack again. */
  readonly loop: boolean
}

/** More states than any real stack makes; a guard against made-up topologies. */
const MAX_HOPS = 200_000

/**
 * A symbolic packet through every equal-cost branch. Packets that arrive at a node with the same
 * stack are one hop, whatever way they came, so the result is as large as the network, not as the
 * number of paths. `stack` is top first, in the headend's own labels.
 */
export function trace(network: LabelNetwork, headend: number, stack: readonly number[]): Trace {
  const hops: TraceHop[] = []
  const numbers = new Map<string, number>()
  const queue: { node: number; stack: readonly number[]; position: number }[] = []
  const enqueue = (node: number, labels: readonly number[], position: number): number => {
    const key = `${node}|${labels.join(',')}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = queue.length
    numbers.set(key, number)
    queue.push({ node, stack: labels, position })
    return number
  }
  enqueue(headend, stack, 0)
  for (let at = 0; at < queue.length && at < MAX_HOPS; at += 1) {
    const state = queue[at]
    if (state === undefined) break
    hops.push(step(network, state, enqueue))
  }
  return { hops, loop: queue.length >= MAX_HOPS || hasLoop(hops) }
}

function step(
  network: LabelNetwork,
  state: { node: number; stack: readonly number[]; position: number },
  enqueue: (node: number, stack: readonly number[], position: number) => number,
): TraceHop {
  const { node, stack, position } = state
  const [top, ...rest] = stack
  const here = { position, node, stack }
  if (top === undefined) return { ...here, action: 'deliver', next: [], links: [] }
  const result = forward(network, node, top)
  switch (result.action) {
    case 'drop':
      return {
        ...here,
        action: 'drop',
        why: `${nodeName(nodeAt(network.graph, node))}: ${result.why}`,
        next: [],
        links: [],
      }
    case 'leave': {
      const name = nodeName(nodeAt(network.graph, node))
      const why = `${name} has ${result.sid.prefix} from an area or level that is not in this topology`
      return { ...here, action: 'leave', sid: result.sid, why, next: [], links: [] }
    }
    case 'null':
      return { ...here, action: 'end', next: [enqueue(node, rest, position)], links: [-1] }
    case 'push':
      return { ...here, action: 'push', next: [enqueue(node, [...result.labels, ...rest], position)], links: [-1] }
    case 'end': {
      const action = result.sid.service === undefined ? 'end' : 'service'
      return { ...here, action, sid: result.sid, next: [enqueue(node, rest, position)], links: [-1] }
    }
    case 'forward': {
      const labels = result.branches.map((b) => (b.label === undefined ? rest : [b.label, ...rest]))
      const next = result.branches.map((b, i) => enqueue(b.node, labels[i] ?? rest, position + 1))
      const popped = result.branches.every((b) => b.label === undefined)
      const sid = result.sid === undefined ? {} : { sid: result.sid }
      return { ...here, action: popped ? 'pop' : 'swap', ...sid, next, links: result.branches.map((b) => b.link) }
    }
  }
}

/** Can a packet come to a hop again? */
export function hasLoop(hops: readonly Pick<TraceHop, 'next'>[]): boolean {
  const incoming = new Int32Array(hops.length)
  for (const hop of hops) for (const next of hop.next) incoming[next] = (incoming[next] ?? 0) + 1
  const open = hops.map((_, i) => i).filter((i) => incoming[i] === 0)
  let done = 0
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    done += 1
    for (const next of hops[at]?.next ?? []) {
      incoming[next] = (incoming[next] ?? 0) - 1
      if (incoming[next] === 0) open.push(next)
    }
  }
  return done < hops.length
}
