import { type Graph, nextLinks, nodeAt, type PrefixSidEntry, type Routes } from '@segchain/path-engine'
import type { LinkIds } from '../again/link-ids.js'
import type { Read } from '../again/reads.js'

/** All shortest ways of a segment from one node on. */
export interface Way extends Read {
  /** Nodes where it may end. */
  readonly ends: readonly number[]
  /** By end: what the slowest branch takes, in microseconds; NaN where a link tells no delay. */
  readonly delays: readonly number[]
}

/** Ways as they are without a failure. */
export interface Stage extends Way {
  readonly linkSet: ReadonlySet<number>
  readonly nodeSet: ReadonlySet<number>
}

/** The equal-cost branches from a node to where the segment ends, with the delays of `worstDelayUs`. */
export function stageFrom(graph: Graph, routes: Routes, sid: PrefixSidEntry, from: number, ids: LinkIds): Stage {
  const linkSet = new Set<number>()
  const next = new Map<number, readonly number[]>()
  const nodeSet = new Set([from])
  for (const node of nodeSet) {
    const onward = nextLinks(routes, node)
    next.set(node, onward)
    for (const link of onward) {
      linkSet.add(link)
      nodeSet.add(graph.targets[link] as number)
    }
  }
  // Ways lead to earlier turns only: the latest first is an order in which each node comes after all that lead to it.
  const order = [...nodeSet].sort((a, b) => (routes.turn[b] as number) - (routes.turn[a] as number))
  const own = delaysOf(graph)
  const worst = new Map<number, number>()
  const ends = order.filter((node) => routes.sinks.has(node))
  for (const node of order) {
    const here = worst.get(node) ?? 0
    for (const link of next.get(node) ?? []) {
      const to = graph.targets[link] as number
      worst.set(to, Math.max(worst.get(to) ?? 0, here + (own[link] as number)))
    }
  }
  const delays = ends.map((node) => worst.get(node) ?? 0)
  const distance = routes.distance[from] as number
  return { sid, node: from, ends, delays, links: ids.idsOf([...linkSet]), distance, linkSet, nodeSet }
}

const known = new WeakMap<Graph, Float64Array>()

/** By link: its delay in microseconds, NaN where it tells none. */
export function delaysOf(graph: Graph): Float64Array {
  let delays = known.get(graph)
  if (delays === undefined) {
    delays = Float64Array.from(graph.links, ({ from, record }) =>
      // A LAN is passed over: the delay is that of the router's own half.
      nodeAt(graph, from).pseudonode ? 0 : (record.minDelayUs ?? record.delayUs ?? Number.NaN),
    )
    known.set(graph, delays)
  }
  return delays
}
