import { areOneLink } from '../graph/directions.js'
import type { Graph } from '../graph/graph.js'
import { linkAt, nodeAt } from '../graph/graph.js'
import { sharedRisks } from '../graph/shared-risks.js'
import type { DistanceCache } from '../segments/encode-path.js'
import type { Without } from '../spf/forward.js'

export type Protection = 'link' | 'node' | 'srlg'

/** What is taken to have failed together with a link of the protecting router (RFC 9855 §4). */
export interface Failure extends Required<Without> {
  readonly links: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
}

/**
 * The failure that a protection of this link is against: the link in both directions; the router at
 * its far end; or every link that shares an SRLG with it. A LAN is no router: there `node` is against the router's
 * interface and the neighbour that is named, and without a name against the interface alone.
 */
export function failureOf(graph: Graph, link: number, protection: Protection, neighbor?: number): Failure {
  const { from, to, record } = linkAt(graph, link)
  const ofNeighbor = graph.links.slice(graph.offsets[to], graph.offsets[to + 1])
  const reverse = ofNeighbor.filter((other) => other.to === from && areOneLink(record, other.record) !== false)
  const links = new Set([link, ...reverse.map((other) => other.index)])
  const router = nodeAt(graph, to).pseudonode ? neighbor : to
  if (protection === 'node' && router !== undefined) return { links, nodes: new Set([router]) }
  if (protection === 'srlg') {
    for (const group of groupsOf(graph, links))
      for (const other of sharedRisks(graph).get(group) ?? []) links.add(other)
  }
  return { links, nodes: new Set() }
}

function groupsOf(graph: Graph, links: Iterable<number>): Set<number> {
  return new Set([...links].flatMap((link) => linkAt(graph, link).record.srlgs ?? []))
}

/** No shortest path from one node to another, as they are before the failure, meets what fails. */
export function avoids(distances: DistanceCache, failure: Failure, from: number, to: number): boolean {
  const { graph, weights } = distances.topology
  // Nothing passes through an overloaded node.
  const isPassed = (node: number): boolean => node === from || node === to || !nodeAt(graph, node).overload
  if (failure.nodes.has(from) || failure.nodes.has(to)) return false
  const base = distances.from(from)
  const whole = base[to] as number
  if (!Number.isFinite(whole)) return false
  for (const node of failure.nodes)
    if (isPassed(node) && (base[node] as number) + (distances.from(node)[to] as number) <= whole) return false
  for (const index of failure.links) {
    const near = graph.links[index]?.from as number
    const far = graph.targets[index] as number
    if (failure.nodes.has(near) || failure.nodes.has(far)) continue
    if (near === to || far === from || !isPassed(near) || !isPassed(far)) continue
    const before = (base[near] as number) + (weights[index] as number)
    if (before <= whole && before + (distances.from(far)[to] as number) <= whole) return false
  }
  return true
}
