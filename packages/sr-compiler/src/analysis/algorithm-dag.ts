import { type AlgorithmTopology, linkAt, nextLinks, nodeAt, type Routes, routesTo } from '@segchain/path-engine'

/** All shortest paths of an algorithm between two nodes, as the IGP takes them. */
export interface ShortestDag {
  readonly links: ReadonlySet<number>
  /** Routers, each before those that come behind it. */
  readonly nodes: readonly number[]
  readonly cost: number
  /** How many paths there are; Infinity where they cannot be counted. */
  readonly paths: number
  /** Of the longest and of the slowest path. */
  readonly hops: number
  readonly delayUs?: number
}

/** Undefined where the algorithm leads nowhere. */
export function shortestDag(topology: AlgorithmTopology, source: number, target: number): ShortestDag | undefined {
  const routes = routesTo(topology, [{ node: target, cost: 0 }])
  const cost = routes.distance[source] ?? Number.POSITIVE_INFINITY
  if (!Number.isFinite(cost)) return undefined
  const order = orderOf(routes, source)
  const links = new Set(order.flatMap((node) => nextLinks(routes, node)))
  return { links, cost, ...measured(routes, order, source, target) }
}

/** Everything on the way, farthest from the target first: paths only lead to an earlier turn. */
function orderOf(routes: Routes, source: number): number[] {
  const met = new Set([source])
  for (const node of met) for (const link of nextLinks(routes, node)) met.add(linkAt(routes.topology.graph, link).to)
  return [...met].sort((a, b) => (routes.turn[b] as number) - (routes.turn[a] as number))
}

function measured(routes: Routes, order: readonly number[], source: number, target: number) {
  const { graph } = routes.topology
  const at = new Map([[source, { paths: 1, hops: 0, delayUs: 0 }]])
  for (const node of order) {
    const here = at.get(node)
    if (here === undefined) continue
    for (const index of nextLinks(routes, node)) {
      const { to, from, record } = linkAt(graph, index)
      const before = at.get(to) ?? { paths: 0, hops: 0, delayUs: 0 }
      const isLan = nodeAt(graph, from).pseudonode
      const own = isLan ? 0 : (record.minDelayUs ?? record.delayUs ?? Number.NaN)
      at.set(to, {
        paths: before.paths + here.paths,
        hops: Math.max(before.hops, here.hops + (isLan ? 0 : 1)),
        delayUs: Math.max(before.delayUs, here.delayUs + own),
      })
    }
  }
  const end = at.get(target) ?? { paths: 1, hops: 0, delayUs: 0 }
  return {
    nodes: order,
    paths: end.paths,
    hops: end.hops,
    ...(Number.isFinite(end.delayUs) ? { delayUs: end.delayUs } : {}),
  }
}
