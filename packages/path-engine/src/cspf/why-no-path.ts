import { type Graph, linkAt, nodeAt, nodeName } from '../graph/graph.js'
import { type ConstrainedPath, constrainedPath } from './constrained-path.js'
import { cutBy, type LinkRule, type PathConstraints, type Waypoint } from './constraints.js'

/** A single constraint whose loosening alone gives a path. */
export interface Relaxation {
  readonly constraint: keyof PathConstraints
  /** In words: what it would have to be. */
  readonly change: string
  readonly path: ConstrainedPath
}

export interface NoPath {
  /** How many links each rule cut. */
  readonly cut: Readonly<Partial<Record<LinkRule, number>>>
  /** Cheapest first; empty when no single constraint is to blame. */
  readonly relaxations: readonly Relaxation[]
  /** There is no path even with no constraint at all. */
  readonly disconnected: boolean
}

/** Why there is no path, and what is the least that would have to give (one constraint at a time). */
export function whyNoPath(graph: Graph, source: number, target: number, constraints: PathConstraints): NoPath {
  const cut: Partial<Record<LinkRule, number>> = {}
  for (const link of graph.links) {
    const rule = cutBy(graph, link, constraints)?.rule
    if (rule !== undefined) cut[rule] = (cut[rule] ?? 0) + 1
  }
  const relaxations = (Object.keys(constraints) as (keyof PathConstraints)[])
    .filter((key) => key !== 'minimize')
    .flatMap((key) => relax(graph, source, target, constraints, key) ?? [])
    .sort((a, b) => a.path.cost - b.path.cost || (a.constraint < b.constraint ? -1 : 1))
  const disconnected = constrainedPath(graph, source, target) === undefined
  return { cut, relaxations, disconnected }
}

/** Nodes and links by their names, bits and SRLGs by their numbers. */
function nameOf(graph: Graph, key: keyof PathConstraints, item: Waypoint): string {
  const link = typeof item === 'number' ? item : (item.links[0] ?? -1)
  if (key === 'excludeLinks' || typeof item !== 'number') {
    const { from, to } = linkAt(graph, link)
    return `the link ${nodeName(nodeAt(graph, from))}-${nodeName(nodeAt(graph, to))}`
  }
  return key === 'excludeNodes' || key === 'via' ? nodeName(nodeAt(graph, item)) : String(item)
}

function relax(
  graph: Graph,
  source: number,
  target: number,
  constraints: PathConstraints,
  key: keyof PathConstraints,
): Relaxation | undefined {
  const { [key]: given, ...others } = constraints
  // For a bound the smallest one that would do is the least value of what it bounds.
  const metric = { maxDelayUs: 'delay', maxHops: 'hops', maxIgpMetric: 'igp', maxTeMetric: 'te' } as const
  if (key in metric) {
    const path = constrainedPath(graph, source, target, { ...others, minimize: metric[key as keyof typeof metric] })
    return path && { constraint: key, change: `raise it from ${given} to ${path.cost}`, path }
  }
  if (Array.isArray(given)) {
    const single = given
      .map((item: Waypoint, i: number) => {
        const path = constrainedPath(graph, source, target, { ...constraints, [key]: given.filter((_, j) => j !== i) })
        return path && { constraint: key, change: `drop ${nameOf(graph, key, item)} from it`, path }
      })
      .filter((found) => found !== undefined)
      .sort((a, b) => a.path.cost - b.path.cost)
    // An include rule that is emptied is no rule: taking one name out of includeAny never helps, unless it is the last.
    if (single[0] !== undefined) return single[0]
  }
  const path = constrainedPath(graph, source, target, others)
  return path && { constraint: key, change: 'drop it', path }
}
