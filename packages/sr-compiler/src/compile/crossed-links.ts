import { type Graph, linkAt, nodeAt, type Walk, type WalkHop } from '@segchain/path-engine'

/** The links that a packet crosses from a hop; over a LAN there are two. */
export function crossedLinks(graph: Graph, hops: readonly WalkHop[], hop: WalkHop): readonly number[] {
  if (hop.links.every((link) => link >= 0 && !nodeAt(graph, graph.targets[link] as number).pseudonode)) return hop.links
  return hop.links.flatMap((link, i) => {
    if (link < 0) return []
    const lan = linkAt(graph, link).to
    const next = hops[hop.next[i] ?? -1]?.node
    if (!nodeAt(graph, lan).pseudonode) return [link]
    const ofLan = graph.links.slice(graph.offsets[lan], graph.offsets[lan + 1])
    return [link, ...ofLan.filter((one) => one.to === next).map((one) => one.index)]
  })
}

/** All that a walk leads over. */
export function allCrossed(graph: Graph, { hops }: Walk): number[] {
  return hops.flatMap((hop) => crossedLinks(graph, hops, hop)).filter((link) => link >= 0)
}
