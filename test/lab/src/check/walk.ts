import { type AlgorithmTopology, linkAt, nextLinks, type PathSegment, routesTo } from '@segchain/path-engine'

/** Links of every branch from one node to another, on the tables of before the failure. */
function branches(topology: AlgorithmTopology, from: number, to: number): number[][] {
  const routes = routesTo(topology, [{ node: to, cost: 0 }])
  if (!Number.isFinite(routes.distance[from] as number)) return []
  const walk = (at: number, links: number[]): number[][] =>
    at === to
      ? [links]
      : nextLinks(routes, at).flatMap((link) => walk(topology.graph.targets[link] as number, [...links, link]))
  return walk(from, [])
}

/** Every branch of a packet that leaves over a link with these segments; undefined when it gets lost. */
export function pathsOfSegments(
  topology: AlgorithmTopology,
  first: number,
  segments: readonly PathSegment[],
): number[][] | undefined {
  let ways = [[first]]
  for (const segment of segments) {
    const next: number[][] = []
    for (const way of ways) {
      const at = linkAt(topology.graph, way.at(-1) as number).to
      if (segment.kind === 'node') {
        const on = branches(topology, at, segment.node)
        if (on.length === 0) return undefined
        for (const links of on) next.push([...way, ...links])
      } else {
        if (linkAt(topology.graph, segment.link).from !== at) return undefined
        next.push([...way, segment.link])
      }
    }
    ways = next
  }
  return ways
}

/**
 * How many segment lists of the fewest segments bring a packet to the destination at the
 * post-convergence cost and off the failure: all lists of node and adjacency segments are tried, shortest
 * first. Written apart from the engine's own search, to tell where a choice is forced.
 */
export function listsAlong(
  topology: AlgorithmTopology,
  root: number,
  destination: number,
  failed: ReadonlySet<number>,
): number {
  const { graph, weights } = topology
  const left = { ...topology, weights: weights.map((weight, i) => (failed.has(i) ? Number.POSITIVE_INFINITY : weight)) }
  const after = branches(left, root, destination)
  const cost = sum(weights, after[0] ?? [])
  const pieces: PathSegment[] = [
    ...graph.nodes
      .filter((node) => node.index !== root && node.index !== destination && !node.pseudonode)
      .map((node) => ({ kind: 'node' as const, node: node.index })),
    ...graph.links
      .filter((link) => !failed.has(link.index))
      .map((link) => ({ kind: 'adjacency' as const, link: link.index, to: link.to })),
  ]
  const firsts = [...new Set(after.map((path) => path[0] as number))]
  const fits = (first: number, list: readonly PathSegment[]): boolean => {
    const paths = pathsOfSegments(topology, first, [...list, { kind: 'node', node: destination }])
    return paths?.every((path) => path.every((link) => !failed.has(link)) && sum(weights, path) === cost) ?? false
  }
  let lists: (readonly PathSegment[])[] = [[]]
  for (let length = 0; length <= 3; length += 1) {
    const found = firsts.flatMap((first) => lists.filter((list) => fits(first, list)))
    if (found.length > 0) return found.length
    lists = lists.flatMap((list) => pieces.map((piece) => [...list, piece]))
  }
  return 0
}

function sum(weights: Float64Array, path: readonly number[]): number {
  return path.reduce((total, link) => total + (weights[link] as number), 0)
}
