import type { AlgorithmTopology } from './algorithm-topology.js'
import type { Routes, Sink } from './routes.js'
import { areUneven, routesAfter } from './routes-after.js'

/** Links of an algorithm that are not what they were; the nodes, and which of them take part, are. */
export interface LinkChange {
  /** Gone, or at another cost now; by number in the topology before. */
  readonly older: ReadonlySet<number>
  /** New, or at another cost than before; by number in the topology of now. */
  readonly newer: ReadonlySet<number>
}

/**
 * Routes after a change of links, from those before it. Where no way led over what was and none as short leads over
 * what is, they are what they were; where ways only became longer, what that touches is computed again. Undefined
 * where something came nearer: then all of it has to be. Only for links that all cost something: between equals that
 * cost nothing the whole network has a part in the order.
 */
export function routesAgain(
  before: Routes,
  topology: AlgorithmTopology,
  sinks: readonly Sink[],
  { older, newer }: LinkChange,
): Routes | undefined {
  if (areUneven(before.sinks)) return undefined
  for (const link of newer) if (isOnWay(before, topology, link)) return undefined
  const lost: number[] = []
  for (const link of older) if (isOnWay(before, before.topology, link)) lost.push(link)
  return lost.length > 0 ? routesAfter(before, topology, sinks, { links: lost, nodes: [] }) : { ...before, topology }
}

/** With the distances of before: a way over the link is as short as the shortest. */
function isOnWay({ distance, offer }: Routes, { graph, weights }: AlgorithmTopology, link: number): boolean {
  const { from, to } = graph.links[link] ?? { from: -1, to: -1 }
  const length = (weights[link] as number) + (offer[to] as number)
  return Number.isFinite(length) && length <= (distance[from] as number)
}
