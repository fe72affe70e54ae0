import type { AlgorithmTopology } from './algorithm-topology.js'

export interface PairedRows {
  /** By node: where its neighbours begin in `rows`; one more at the end. */
  readonly starts: Int32Array
  /**
   * Four numbers for each link pair: the neighbour, the weight there, the weight back, and the number of the link
   * back. Where a direction is not usable its weight is `none`.
   */
  readonly rows: Int32Array
}

/** Both directions between two nodes side by side; parallel links are paired in their order. */
export function pairedRows({ graph, weights }: AlgorithmTopology, none: number): PairedRows {
  const { offsets, incomingOffsets, incoming, targets, links } = graph
  const starts = new Int32Array(graph.nodes.length + 1)
  const rows: number[] = []
  const isUsable = (link: number): boolean => weights[link] !== Number.POSITIVE_INFINITY
  for (let node = 0; node < graph.nodes.length; node += 1) {
    const back = new Map<number, number[]>()
    for (let at = incomingOffsets[node] as number; at < (incomingOffsets[node + 1] as number); at += 1) {
      const link = incoming[at] as number
      const from = links[link]?.from ?? -1
      if (isUsable(link)) back.set(from, [...(back.get(from) ?? []), link])
    }
    for (let link = offsets[node] as number; link < (offsets[node + 1] as number); link += 1) {
      if (!isUsable(link)) continue
      const to = targets[link] as number
      const other = back.get(to)?.shift()
      rows.push(to, weights[link] as number, other === undefined ? none : (weights[other] as number), other ?? -1)
    }
    for (const [from, others] of back) for (const link of others) rows.push(from, none, weights[link] as number, link)
    starts[node + 1] = rows.length
  }
  return { starts, rows: Int32Array.from(rows) }
}
