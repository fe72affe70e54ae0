import type { Graph } from '../graph/graph.js'
import { linkAt, nodeAt } from '../graph/graph.js'
import { type ConstrainedPath, constrainedPath, measurePath } from './constrained-path.js'
import { cutBy, type Disjointness, linkValueOf, type PathConstraints } from './constraints.js'
import { disjointWalks } from './disjoint-search.js'
import { Resources } from './resources.js'

/**
 * Two paths that share no link, no node between the ends, or no SRLG (nor link). For links and nodes
 * it is the pair of least total cost whenever there is one (Bhandari's and Suurballe's method: a
 * second path may take links of the first backwards, and the two are then untangled). For SRLGs, and
 * with bounds (delay, hops, metric) or nodes to pass, the problem is NP-hard: then {@link disjointWalks}.
 */
export function disjointPair(
  graph: Graph,
  source: number,
  target: number,
  disjointness: Disjointness,
  constraints: PathConstraints = {},
): readonly [ConstrainedPath, ConstrainedPath] | undefined {
  if (disjointness === 'srlg' || hasBound(constraints)) {
    return searchedPair(graph, source, target, disjointness, constraints)
  }
  const metric = constraints.minimize ?? 'igp'
  const cost = new Map<number, number>()
  for (const link of graph.links) {
    const value = linkValueOf(graph, link, metric)
    if (value !== undefined && cutBy(graph, link, constraints) === undefined) cost.set(link.index, value)
  }
  const flow = new Set<number>()
  for (let round = 0; round < 2; round += 1) {
    const found = augment(graph, source, target, cost, flow, disjointness === 'node')
    if (found === undefined) return undefined
    for (const { link, forward } of found) {
      if (forward) flow.add(link)
      else flow.delete(link)
    }
  }
  const one = takePath(graph, source, target, flow)
  const two = takePath(graph, source, target, flow)
  if (one === undefined || two === undefined) return undefined
  const pair = [one, two]
    .map((links) => measurePath(graph, links, metric, source))
    .sort((a, b) => a.cost - b.cost || (a.links.join() < b.links.join() ? -1 : 1))
  const [cheap, dear] = pair
  return cheap !== undefined && dear !== undefined ? [cheap, dear] : undefined
}

function hasBound({ maxDelayUs, maxHops, maxIgpMetric, maxTeMetric, via = [] }: PathConstraints): boolean {
  return via.length > 0 || [maxDelayUs, maxHops, maxIgpMetric, maxTeMetric].some((bound) => bound !== undefined)
}

interface Move {
  readonly link: number
  readonly forward: boolean
}

/**
 * The cheapest way to send one more unit (Bellman-Ford, links of the flow backwards at minus their
 * cost). With `split`, a node is an entrance (2n) and an exit (2n+1) with room for one unit.
 */
function augment(
  graph: Graph,
  source: number,
  target: number,
  cost: ReadonlyMap<number, number>,
  flow: ReadonlySet<number>,
  split: boolean,
): readonly Move[] | undefined {
  const size = graph.nodes.length * 2
  const used = new Set<number>()
  if (split) for (const link of flow) used.add(linkAt(graph, link).to)
  const distance = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
  const parent: ({ readonly at: number; readonly move?: Move } | undefined)[] = new Array(size)
  const start = source * 2 + 1
  distance[start] = 0
  const queue = [start]
  const queued = new Set(queue)
  const relax = (from: number, to: number, weight: number, move?: Move): void => {
    const reached = (distance[from] as number) + weight
    if (!(reached < (distance[to] as number))) return
    distance[to] = reached
    parent[to] = { at: from, ...(move === undefined ? {} : { move }) }
    if (!queued.has(to)) {
      queued.add(to)
      queue.push(to)
    }
  }
  const backwards = new Map<number, number[]>()
  for (const link of flow) {
    const { to } = linkAt(graph, link)
    backwards.set(to, [...(backwards.get(to) ?? []), link])
  }
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    queued.delete(at)
    const node = at >> 1
    const isExit = at % 2 === 1
    if (isExit) {
      // Back through a node that the flow passes frees it.
      if (split && used.has(node) && node !== source && node !== target) relax(at, at - 1, 0)
      if (!split && node !== source) relax(at, at - 1, 0)
      if (node !== source && nodeAt(graph, node).overload) continue
      const end = graph.offsets[node + 1] as number
      for (let link = graph.offsets[node] as number; link < end; link += 1) {
        const weight = cost.get(link)
        if (weight === undefined || flow.has(link)) continue
        relax(at, (graph.targets[link] as number) * 2, weight, { link, forward: true })
      }
    } else {
      if (node !== target && (!split || !used.has(node))) relax(at, at + 1, 0)
      for (const link of backwards.get(node) ?? []) {
        relax(at, linkAt(graph, link).from * 2 + 1, -(cost.get(link) ?? 0), { link, forward: false })
      }
    }
  }
  if (!Number.isFinite(distance[target * 2])) return undefined
  const moves: Move[] = []
  for (let at = target * 2; at !== start; ) {
    const step = parent[at]
    if (step === undefined || moves.length > size) return undefined
    if (step.move !== undefined) moves.unshift(step.move)
    at = step.at
  }
  return moves
}

/** Takes one path out of the flow. */
function takePath(graph: Graph, source: number, target: number, flow: Set<number>): number[] | undefined {
  const path: number[] = []
  for (let node = source; node !== target; ) {
    const link = [...flow].sort((a, b) => a - b).find((index) => linkAt(graph, index).from === node)
    if (link === undefined) return undefined
    flow.delete(link)
    path.push(link)
    node = linkAt(graph, link).to
  }
  return path
}

/** For SRLGs, and where each path has a bound to keep: exact too, as long as the search is not given up. */
function searchedPair(
  graph: Graph,
  source: number,
  target: number,
  disjointness: Disjointness,
  constraints: PathConstraints,
): readonly [ConstrainedPath, ConstrainedPath] | undefined {
  const resources = new Resources(graph, disjointness, new Set([source, target]))
  const cheapest = (excluded: ReadonlySet<string>) => {
    const links = resources.links(excluded)
    const path = constrainedPath(graph, source, target, constraints, (link) => !links.has(link))
    return path && { cost: path.cost, uses: resources.used(path.links), path }
  }
  const found = disjointWalks([{ cheapest }, { cheapest }])
  if (found.walks === undefined) return undefined
  const [one, two] = found.walks
    .map((walk) => walk.path)
    .sort((a, b) => a.cost - b.cost || (a.links.join() < b.links.join() ? -1 : 1))
  return one === undefined || two === undefined ? undefined : [one, two]
}
