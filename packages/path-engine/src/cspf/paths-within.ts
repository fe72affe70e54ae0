import type { Graph } from '../graph/graph.js'
import { linkAt, nodeAt } from '../graph/graph.js'
import { NodeHeap } from '../spf/heap.js'
import { type ConstrainedPath, measurePath } from './constrained-path.js'
import { cutBy, linkValueOf, type PathConstraints } from './constraints.js'
import { Heap } from './heap.js'
import { linksOf } from './links-of.js'

/** How much dearer than the best a path may be (RFC 9857 §5.7.2 calls it a margin). */
export type Margin = { readonly percent: number } | { readonly absolute: number }

/** The dearest cost that is within the margin of this best one. */
export function withinMargin(best: number, margin: Margin): number {
  return 'percent' in margin ? best * (1 + margin.percent / 100) : best + margin.absolute
}

/** Ways that are looked at before the enumeration ends; whatever was found by then is right, and cheapest first. */
const MAX_PREFIXES = 200_000

interface Prefix {
  readonly node: number
  readonly link: number
  readonly before: Prefix | undefined
  readonly cost: number
  /** The cost so far, and the least that the rest can cost. */
  readonly estimate: number
}

/**
 * All paths without a circle that keep the constraints and cost at most the margin above the cheapest one, cheapest
 * first, up to `most`. Best first with the distance to the target as the estimate, so nothing dearer is ever opened.
 * Nodes to pass (`via`) are not supported here.
 */
export function pathsWithin(
  graph: Graph,
  source: number,
  target: number,
  constraints: PathConstraints,
  margin: Margin,
  most: number,
): ConstrainedPath[] {
  const metric = constraints.minimize ?? 'igp'
  const value = (link: number): number => {
    const one = linkAt(graph, link)
    const hop = metric === 'hops' && nodeAt(graph, one.from).pseudonode
    return hop ? 0 : (linkValueOf(graph, one, metric) ?? Number.POSITIVE_INFINITY)
  }
  const cost = graph.links.map((link) =>
    cutBy(graph, link, constraints) === undefined ? value(link.index) : Number.POSITIVE_INFINITY,
  )
  const rest = distancesTo(graph, target, source, cost)
  const found: ConstrainedPath[] = []
  const open = new Heap<Prefix>((a, b) => a.estimate < b.estimate)
  open.push({ node: source, link: -1, before: undefined, cost: 0, estimate: rest[source] ?? Number.POSITIVE_INFINITY })
  let limit = Number.POSITIVE_INFINITY
  for (let made = 0; open.size > 0 && found.length < most && made < MAX_PREFIXES; ) {
    const prefix = open.pop()
    if (prefix === undefined || !(prefix.estimate <= limit) || !Number.isFinite(prefix.estimate)) break
    if (prefix.node === target) {
      const path = measurePath(graph, linksOf(prefix), metric, source)
      if (!keepsBounds(path, constraints)) continue
      if (found.length === 0) limit = withinMargin(path.cost, margin)
      found.push(path)
      continue
    }
    if (prefix.node !== source && nodeAt(graph, prefix.node).overload) continue
    const end = graph.offsets[prefix.node + 1] as number
    for (let link = graph.offsets[prefix.node] as number; link < end; link += 1) {
      const to = graph.targets[link] as number
      const reached = prefix.cost + (cost[link] as number)
      const estimate = reached + (rest[to] as number)
      if (!(estimate <= limit) || !Number.isFinite(estimate) || isOn(prefix, to)) continue
      made += 1
      open.push({ node: to, link, before: prefix, cost: reached, estimate })
    }
  }
  return found
}

function keepsBounds(
  path: ConstrainedPath,
  { maxDelayUs, maxHops, maxIgpMetric, maxTeMetric }: PathConstraints,
): boolean {
  return (
    (maxDelayUs === undefined || (path.delayUs ?? Number.POSITIVE_INFINITY) <= maxDelayUs) &&
    (maxHops === undefined || path.hops <= maxHops) &&
    (maxIgpMetric === undefined || path.igpMetric <= maxIgpMetric) &&
    (maxTeMetric === undefined || path.teMetric <= maxTeMetric)
  )
}

/** By node: the least cost to the target. */
function distancesTo(graph: Graph, target: number, source: number, cost: readonly number[]): Float64Array {
  const distance = new Float64Array(graph.nodes.length).fill(Number.POSITIVE_INFINITY)
  const heap = new NodeHeap(distance)
  distance[target] = 0
  heap.push(target)
  const settled = new Uint8Array(graph.nodes.length)
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    settled[node] = 1
    if (node !== target && node !== source && nodeAt(graph, node).overload) continue
    const end = graph.incomingOffsets[node + 1] as number
    for (let at = graph.incomingOffsets[node] as number; at < end; at += 1) {
      const link = graph.incoming[at] as number
      const { from } = linkAt(graph, link)
      const reached = (distance[node] as number) + (cost[link] as number)
      if (settled[from] === 1 || !(reached < (distance[from] as number))) continue
      distance[from] = reached
      heap.push(from)
    }
  }
  return distance
}

function isOn(prefix: Prefix, node: number): boolean {
  for (let at: Prefix | undefined = prefix; at !== undefined; at = at.before) if (at.node === node) return true
  return false
}
