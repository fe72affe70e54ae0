import { type Graph, nextLinks, type Routes } from '@segchain/path-engine'
import { delaysOf } from './failover/stages.js'

/** What the slowest equal-cost branch from a node to a sink takes, in microseconds; Infinity where a link tells no delay. */
export function wayDelayUs(graph: Graph, routes: Routes | undefined, from: number): number {
  if (routes === undefined) return Number.POSITIVE_INFINITY
  const delays = delaysOf(graph)
  const worst = new Map<number, number>()
  // Ways lead to earlier turns only: those behind a node are known before it.
  const nodes = new Set([from])
  for (const node of nodes) for (const link of nextLinks(routes, node)) nodes.add(graph.targets[link] as number)
  const order = [...nodes].sort((a, b) => (routes.turn[a] as number) - (routes.turn[b] as number))
  for (const node of order) {
    const branches = nextLinks(routes, node).map(
      (link) => (delays[link] as number) + (worst.get(graph.targets[link] as number) ?? 0),
    )
    worst.set(node, Math.max(0, ...branches))
  }
  const whole = worst.get(from) ?? 0
  return Number.isNaN(whole) ? Number.POSITIVE_INFINITY : whole
}
