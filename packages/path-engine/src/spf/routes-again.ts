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

/** Routes of some time ago, and links that have become longer or have gone since, by number in their topology. */
export interface RoutesBefore {
  readonly routes: Routes
  readonly lost: readonly number[]
  /** How many changes ago. */
  readonly age: number
}

/** What nobody asked for so long is let go, and with it the topology of then. */
const OLDEST = 32

/**
 * What routes are after a change of links. Where no way led over what was and none as short leads over what is, they
 * are what they were; where ways only became longer, what that touches has to be mended (`lost`). Undefined
 * where something came nearer: then all of it has to be computed. Not where links cost nothing
 * (`hasFreeLink`): between equals the whole network then has a part in the order.
 */
export function routesAgain(
  { routes, lost, age }: RoutesBefore,
  topology: AlgorithmTopology,
  { older, newer }: LinkChange,
): RoutesBefore | undefined {
  if (areUneven(routes.sinks) || age >= OLDEST) return undefined
  const { topology: before } = routes
  // What was lost earlier must have kept its number, and not have come back.
  if (lost.length > 0 && before.graph.offsets !== topology.graph.offsets) return undefined
  for (const link of newer) if (isOnWay(routes, topology, link)) return undefined
  const now = [...lost]
  for (const link of older) if (!lost.includes(link) && isOnWay(routes, before, link)) now.push(link)
  if (now.length === 0 || age > 0) return { routes, lost: now, age: age + 1 }
  // A topology has tables to search with, as long as it is there; what waits to be mended needs none of them.
  return { routes: { ...routes, topology: { ...before } }, lost: now, age: 1 }
}

/** Equal to `routesTo(topology, sinks)`. */
export function mendedRoutes(
  { routes, lost }: Pick<RoutesBefore, 'routes' | 'lost'>,
  topology: AlgorithmTopology,
  sinks: readonly Sink[],
): Routes {
  return lost.length > 0 ? routesAfter(routes, topology, sinks, { links: lost, nodes: [] }) : { ...routes, topology }
}

/** With the distances of before: a way over the link is as short as the shortest. */
function isOnWay({ distance, offer }: Routes, { graph, weights }: AlgorithmTopology, link: number): boolean {
  const { from, to } = graph.links[link] ?? { from: -1, to: -1 }
  const length = (weights[link] as number) + (offer[to] as number)
  return Number.isFinite(length) && length <= (distance[from] as number)
}
