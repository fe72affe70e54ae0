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
  let size = 0
  for (let node = 0; node < count; node += 1) {
    starts[node] = size
    for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at += 1) {
      const link = linkAt(at)
      const weight = weights[link] as number
      if (weight === Number.POSITIVE_INFINITY) continue
      links[size] = endOf(link)
      links[size + 1] = weight
      links[size + 2] = link
      size += 3
    }
  }
  starts[count] = size
  const overload = Uint8Array.from(graph.nodes, (node) => (node.overload ? 1 : 0))
  const rows = { starts, links: links.subarray(0, size), overload }
  return { ...rows, leaf: leavesOf(count, rows) }
}

/**
 * Nodes with one neighbour, out and in: whoever comes to one can only go back. A link may be usable one way
 * alone, so that the links which leave a node do not tell who comes to it.
 */
function leavesOf(count: number, { starts, links }: Pick<Rows, 'starts' | 'links'>): Uint8Array {
  const neighbour = new Int32Array(count).fill(-1)
  const leaf = new Uint8Array(count).fill(1)
  const meet = (node: number, other: number): void => {
    if (neighbour[node] === -1) neighbour[node] = other
    else if (neighbour[node] !== other) leaf[node] = 0
  }
  for (let node = 0; node < count; node += 1) {
    for (let at = starts[node] as number; at < (starts[node + 1] as number); at += 3) {
      const to = links[at] as number
      meet(node, to)
      meet(to, node)
    }
  }
  return leaf
}
