import { type Graph, linkAt, nodeAt, nodeName } from '@segchain/path-engine'

/** `r1-r2`, with an address where there are several between the same two. */
export function linkName(graph: Graph, link: number): string {
  const { from, to, record } = linkAt(graph, link)
  const [a, b] = [from, to].sort((x, y) => x - y).map((node) => nodeName(nodeAt(graph, node)))
  const besides = graph.targets.subarray(graph.offsets[from], graph.offsets[from + 1]).filter((one) => one === to)
  return besides.length > 1 ? `${a}-${b} (${record.localAddresses?.[0] ?? record.id})` : `${a}-${b}`
}
