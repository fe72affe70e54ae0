import type { AlgorithmTopology } from './algorithm-topology.js'
import type { SearchTables } from './search.js'

type Rows = Pick<SearchTables, 'starts' | 'links' | 'overload' | 'leaf'>

/** From each node the usable links that leave it. */
export function rowsForward(topology: AlgorithmTopology): Rows {
  const { offsets, targets } = topology.graph
  return rowsOf(
    topology,
    offsets,
    (at) => at,
    (link) => targets[link] as number,
  )
}

/** From each node the usable links that arrive at it. */
export function rowsBackward(topology: AlgorithmTopology): Rows {
  const { incomingOffsets, incoming, links } = topology.graph
  return rowsOf(
    topology,
    incomingOffsets,
    (at) => incoming[at] as number,
    (link) => links[link]?.from ?? -1,
  )
}

function rowsOf(
  { graph, weights }: AlgorithmTopology,
  offsets: Int32Array,
  linkAt: (position: number) => number,
  endOf: (link: number) => number,
): Rows {
  const count = graph.nodes.length
  const starts = new Int32Array(count + 1)
  const links = new Int32Array(3 * graph.links.length)
  const leaf = new Uint8Array(count).fill(1)
  let size = 0
  for (let node = 0; node < count; node += 1) {
    const begin = size
    starts[node] = begin
    for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at += 1) {
      const link = linkAt(at)
      const weight = weights[link] as number
      if (weight === Number.POSITIVE_INFINITY) continue
      links[size] = endOf(link)
      links[size + 1] = weight
      links[size + 2] = link
      if (links[size] !== links[begin]) leaf[node] = 0
      size += 3
    }
  }
  starts[count] = size
  const overload = Uint8Array.from(graph.nodes, (node) => (node.overload ? 1 : 0))
  return { starts, links: links.subarray(0, size), overload, leaf }
}
