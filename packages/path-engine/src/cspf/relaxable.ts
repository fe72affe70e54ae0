import { type Graph, linkAt, nodeAt, nodeName } from '../graph/graph.js'
import { type ConstrainedPath, constrainedPath } from './constrained-path.js'
import { bandwidthLeft, linkValueOf, type PathConstraints, type PathMetric, type Waypoint } from './constraints.js'

/** A part of the constraints that can be given up by itself: an item of a list, a whole rule, or a bound. */
export interface Relaxable {
  readonly constraint: keyof PathConstraints
  /** Position in a list whose items can be given up one by one. */
  readonly item?: number
}

/** What each bound bounds. */
const BOUNDS = { maxDelayUs: 'delay', maxHops: 'hops', maxIgpMetric: 'igp', maxTeMetric: 'te' } as const
/** Fewer names make include-any stricter: it can go only as a whole. */
const BY_ITEM: readonly (keyof PathConstraints)[] = [
  ...(['excludeAny', 'includeAll', 'excludeSrlgs', 'excludeNodes', 'excludeLinks', 'via'] as const),
]

export function relaxablesOf(constraints: PathConstraints): Relaxable[] {
  return (Object.keys(constraints) as (keyof PathConstraints)[]).flatMap((constraint): Relaxable[] => {
    const value = constraints[constraint]
    if (value === undefined || (constraint === 'minimize' && value === 'igp')) return []
    if (Array.isArray(value) && BY_ITEM.includes(constraint)) return value.map((_, item) => ({ constraint, item }))
    return [{ constraint }]
  })
}

/** The constraints without some parts. */
export function without(constraints: PathConstraints, parts: readonly Relaxable[]): PathConstraints {
  const kept = Object.entries(constraints).flatMap(([key, value]) => {
    const own = parts.filter(({ constraint }) => constraint === key)
    if (own.length === 0) return [[key, value]]
    if (!Array.isArray(value) || own.some(({ item }) => item === undefined)) return []
    return [[key, value.filter((_, i) => !own.some(({ item }) => item === i))]]
  })
  return Object.fromEntries(kept)
}

/** One part, in words: what it would have to be. */
export interface Change {
  readonly constraint: keyof PathConstraints
  readonly change: string
}

/**
 * The least that some parts have to give, and the path that this gives. Bounds and the bandwidth are moved only as far as
 * they must, one after the other where there are several.
 */
export function leastChanges(
  graph: Graph,
  [source, target]: readonly [number, number],
  constraints: PathConstraints,
  parts: readonly Relaxable[],
): { readonly changes: readonly Change[]; readonly path: ConstrainedPath } | undefined {
  let open = without(constraints, parts)
  const changes: Change[] = []
  for (const part of parts) {
    const { constraint } = part
    const moved = movedOnlyAsFar(graph, [source, target], open, constraint)
    if (moved !== undefined) open = { ...open, [constraint]: moved }
    changes.push({ constraint, change: wordsFor(graph, constraints, part, moved) })
  }
  const path = constrainedPath(graph, source, target, open)
  return path && { changes, path }
}

/** The value of a bound, or of the bandwidth, that is nearest to what was asked for; undefined for other constraints. */
function movedOnlyAsFar(
  graph: Graph,
  [source, target]: readonly [number, number],
  others: PathConstraints,
  constraint: keyof PathConstraints,
): number | undefined {
  const metric = (BOUNDS as Partial<Record<keyof PathConstraints, PathMetric>>)[constraint]
  if (metric !== undefined) {
    // What is minimized in the end must be told by every link of the way.
    const { minimize = 'igp', excludeLinks = [] } = others
    const untold = graph.links.flatMap((link) => (linkValueOf(graph, link, minimize) === undefined ? link.index : []))
    const open = { ...others, minimize: metric, excludeLinks: [...excludeLinks, ...untold] }
    return constrainedPath(graph, source, target, open)?.cost
  }
  if (constraint !== 'bandwidthBytesPerSec') return undefined
  // The widest path: of all bandwidths that links have, the greatest that leads there.
  const values = [...new Set(graph.links.flatMap((link) => bandwidthLeft(graph, link) ?? []))].sort((a, b) => a - b)
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const at = { ...others, bandwidthBytesPerSec: values[middle] as number }
    if (constrainedPath(graph, source, target, at) === undefined) high = middle
    else low = middle + 1
  }
  return low === 0 ? undefined : values[low - 1]
}

function wordsFor(
  graph: Graph,
  constraints: PathConstraints,
  { constraint, item }: Relaxable,
  moved: number | undefined,
): string {
  const given = constraints[constraint]
  if (moved !== undefined) {
    const verb = constraint === 'bandwidthBytesPerSec' ? 'lower' : 'raise'
    return `${verb} it from ${given} to ${moved}`
  }
  if (constraint === 'minimize') return `minimize igp: not every link tells its ${given}`
  if (item === undefined || !Array.isArray(given)) return 'drop it'
  return `drop ${nameOf(graph, constraint, given[item] as Waypoint)} from it`
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
