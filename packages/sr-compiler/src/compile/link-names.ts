import { type Graph, linkAt, nodeAt, nodeName } from '@segchain/path-engine'

/** `r1-r2`, with an address where there are several between the same two. */
export function linkName(graph: Graph, link: number): string {
  const { from, to, record } = linkAt(graph, link)
  const besides = graph.targets.subarray(graph.offsets[from], graph.offsets[from + 1]).filter((one) => one === to)
  const name = endsName(graph, link)
  return besides.length > 1 ? `${name} (${record.localAddresses?.[0] ?? record.id})` : name
}

/** `r1-r2`, the same in both directions. */
export function endsName(graph: Graph, link: number): string {
  const { from, to } = linkAt(graph, link)
  return [from, to]
    .sort((x, y) => x - y)
    .map((node) => nodeName(nodeAt(graph, node)))
    .join('-')
}
