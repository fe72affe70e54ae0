import { type Graph, linkAt, nextLinks, nodeAt, type Routes } from '@segchain/path-engine'

/** All shortest ways of a segment from one node on. */
export interface Stage {
  /** By node where it may end: what the slowest branch takes, in microseconds; NaN where a link tells no delay. */
  readonly delays: ReadonlyMap<number, number>
  readonly links: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
  /** Cost of the ways; Infinity without one. */
  readonly distance: number
}

/** The equal-cost branches from a node to where the segment ends, with the delays of `worstDelayUs`. */
export function stageFrom(graph: Graph, routes: Routes, from: number): Stage {
  const nodes = new Set([from])
  for (const node of nodes) for (const link of nextLinks(routes, node)) nodes.add(graph.targets[link] as number)
  // Ways lead to earlier turns only: the latest first is an order in which each node comes after all that lead to it.
  const order = [...nodes].sort((a, b) => (routes.turn[b] as number) - (routes.turn[a] as number))
  const onward = (node: number) => nextLinks(routes, node)
  return { ...delaysAlong(graph, order, onward, routes.sinks), nodes, distance: routes.distance[from] as number }
}

/** `order`: a node comes after all that lead to it. */
export function delaysAlong(
  graph: Graph,
  order: readonly number[],
  onward: (node: number) => readonly number[],
  sinks: ReadonlyMap<number, number>,
): Pick<Stage, 'delays' | 'links'> {
  const links = new Set<number>()
  const worst = new Map<number, number>()
  const delays = new Map<number, number>()
  for (const node of order) {
    const here = worst.get(node) ?? 0
    if (sinks.has(node)) delays.set(node, here)
    for (const link of onward(node)) {
      links.add(link)
      const { record, to } = linkAt(graph, link)
      // A LAN is passed over: the delay is that of the router's own half.
      const own = nodeAt(graph, node).pseudonode ? 0 : (record.minDelayUs ?? record.delayUs ?? Number.NaN)
      const known = worst.get(to)
      worst.set(to, known === undefined ? here + own : Math.max(known, here + own))
    }
  }
  return { delays, links }
}
