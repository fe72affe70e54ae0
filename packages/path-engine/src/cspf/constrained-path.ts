import type { Graph } from '../graph/graph.js'
import { linkAt, nodeAt } from '../graph/graph.js'
import { cutBy, linkValueOf, type PathConstraints, type PathMetric, type Waypoint } from './constraints.js'
import { Heap } from './heap.js'
import { linksOf } from './links-of.js'

/** A path and what it adds up to. */
export interface ConstrainedPath {
  /** Link numbers, from the source on. */
  readonly links: readonly number[]
  readonly nodes: readonly number[]
  readonly cost: number
  readonly delayUs?: number
  readonly igpMetric: number
  readonly teMetric: number
  readonly hops: number
}

/** One way to a node that no other way beats in everything. */
interface Label {
  readonly node: number
  readonly link: number
  readonly before: Label | undefined
  /** What is minimised first, then the bounded values. */
  readonly values: readonly number[]
  /** How many of the `via` were passed. */
  readonly stage: number
}

/** A guard: the problem is NP-hard with two bounds, and made-up networks can be nasty. */
const MAX_LABELS = 2_000_000

/**
 * The path of least cost that keeps every constraint: labels that are dominated in all bounded
 * values are dropped (Dijkstra with resources), so with no bound it is plain Dijkstra. Among equal
 * costs the path with the smaller bounded values, then the lower link numbers wins.
 *
 * @returns undefined when there is none.
 */
export function constrainedPath(
  graph: Graph,
  source: number,
  target: number,
  constraints: PathConstraints = {},
  usable: (link: number) => boolean = () => true,
): ConstrainedPath | undefined {
  const metric = constraints.minimize ?? 'igp'
  const bounds = boundsOf(constraints)
  const metrics: readonly PathMetric[] = [metric, ...bounds.map((bound) => bound.metric)]
  const via = constraints.via ?? []
  const allowed = graph.links.map((link) => usable(link.index) && cutBy(graph, link, constraints) === undefined)
  const kept = new Map<number, Label[]>()
  const queue = new Heap<Label>(before)
  const first = advance(via, 0, source, -1)
  queue.push({ node: source, link: -1, before: undefined, values: metrics.map(() => 0), stage: first })
  let made = 0
  for (let label = queue.pop(); label !== undefined; label = queue.pop()) {
    const place = label.node * (via.length + 1) + label.stage
    if (isDominated(label, kept.get(place))) continue
    kept.set(place, [...(kept.get(place) ?? []), label])
    if (label.node === target && label.stage === via.length) return pathOf(graph, label, metric)
    if (label.node !== source && nodeAt(graph, label.node).overload) continue
    const end = graph.offsets[label.node + 1] as number
    for (let edge = graph.offsets[label.node] as number; edge < end; edge += 1) {
      if (allowed[edge] !== true) continue
      const next = extend(graph, label, edge, metrics, bounds, via)
      if (next === undefined || isDominated(next, kept.get(next.node * (via.length + 1) + next.stage))) continue
      made += 1
      if (made > MAX_LABELS) return undefined
      queue.push(next)
    }
  }
  return undefined
}

interface Bound {
  readonly metric: PathMetric
  readonly most: number
}

function boundsOf(constraints: PathConstraints): Bound[] {
  const { maxDelayUs, maxHops, maxIgpMetric, maxTeMetric } = constraints
  const all: { metric: PathMetric; most: number | undefined }[] = [
    { metric: 'delay', most: maxDelayUs },
    { metric: 'hops', most: maxHops },
    { metric: 'igp', most: maxIgpMetric },
    { metric: 'te', most: maxTeMetric },
  ]
  return all.flatMap(({ metric, most }) => (most === undefined ? [] : [{ metric, most }]))
}

function extend(
  graph: Graph,
  label: Label,
  edge: number,
  metrics: readonly PathMetric[],
  bounds: readonly Bound[],
  via: readonly Waypoint[],
): Label | undefined {
  const link = linkAt(graph, edge)
  if (passed(label, link.to, via)) return undefined
  const values: number[] = []
  for (const [i, metric] of metrics.entries()) {
    // A LAN is one hop, not two.
    const own = metric === 'hops' && nodeAt(graph, link.from).pseudonode ? 0 : linkValueOf(graph, link, metric)
    if (own === undefined) return undefined
    const value = (label.values[i] ?? 0) + own
    const bound = i === 0 ? undefined : bounds[i - 1]
    if (bound !== undefined && value > bound.most) return undefined
    values.push(value)
  }
  return { node: link.to, link: edge, before: label, values, stage: advance(via, label.stage, link.to, edge) }
}

/** A node is passed twice only when a `via` between asks for it. */
function passed(label: Label, node: number, via: readonly Waypoint[]): boolean {
  // To come back without having passed one of them is dominated by having stayed.
  if (via.length > 0) return false
  for (let at: Label | undefined = label; at !== undefined; at = at.before) if (at.node === node) return true
  return false
}

/** How many are passed at the end of a link (-1 at the source); a link comes before the node that it leads to. */
function advance(via: readonly Waypoint[], stage: number, node: number, link: number): number {
  let next = stage
  for (let one = via[next]; one !== undefined; one = via[next]) {
    const isPassed = typeof one === 'number' ? one === node : one.links.includes(link) && next === stage
    if (!isPassed) break
    next += 1
  }
  return next
}

function isDominated(label: Label, others: readonly Label[] | undefined): boolean {
  return others?.some((other) => other.values.every((value, i) => value <= (label.values[i] ?? 0))) ?? false
}

function pathOf(graph: Graph, last: Label, metric: PathMetric): ConstrainedPath {
  return measurePath(graph, linksOf(last), metric, firstNode(last))
}

function firstNode(last: Label): number {
  let at = last
  while (at.before !== undefined) at = at.before
  return at.node
}

/** Adds a path up. */
export function measurePath(
  graph: Graph,
  links: readonly number[],
  metric: PathMetric,
  source: number,
): ConstrainedPath {
  const sum = (of: PathMetric): number | undefined => {
    let total = 0
    for (const index of links) {
      const link = linkAt(graph, index)
      const own = of === 'hops' && nodeAt(graph, link.from).pseudonode ? 0 : linkValueOf(graph, link, of)
      if (own === undefined) return undefined
      total += own
    }
    return total
  }
  const delayUs = sum('delay')
  return {
    links,
    nodes: [source, ...links.map((index) => linkAt(graph, index).to)],
    cost: sum(metric) ?? Number.POSITIVE_INFINITY,
    ...(delayUs === undefined ? {} : { delayUs }),
    igpMetric: sum('igp') ?? Number.POSITIVE_INFINITY,
    teMetric: sum('te') ?? Number.POSITIVE_INFINITY,
    hops: sum('hops') ?? 0,
  }
}

function before(a: Label, b: Label): boolean {
  for (const [i, value] of a.values.entries()) {
    const other = b.values[i] ?? 0
    if (value !== other) return value < other
  }
  if (a.stage !== b.stage) return a.stage > b.stage
  return a.node !== b.node ? a.node < b.node : a.link < b.link
}
