import type { AlgorithmTopology } from './algorithm-topology.js'
import { pairedRows } from './paired-rows.js'

/** The distance of what is not reached, and the weight of what is not there: two of them fit into 31 bits. */
export const UNREACHED = 2 ** 30 - 1
/** Up to this weight there is a bucket for each distance. */
const LARGEST_WEIGHT = 0xffff
const BITS = 32

/**
 * Distances and all equal-cost links for many roots of one topology, in one pass over the links: a node that is
 * visited looks at each neighbour once, and what it would relax in one direction tells at the same time whether the
 * other direction was a shortest path to it. For links that all cost something, which makes the order among equals
 * free, so that a bucket is a stack.
 */
export class EcmpEngine {
  /** By node, of the last run; {@link UNREACHED} without a path. */
  readonly distance: Int32Array
  /** Of the last run: the links on shortest paths from the root, as many as `run` says. */
  readonly links: Int32Array
  readonly run: (root: number) => number

  /** Undefined where a cost is no integer from 1 to 65,535, or a path could cost more than 2^30. */
  static for(topology: AlgorithmTopology): EcmpEngine | undefined {
    let largest = 0
    for (const weight of topology.weights) {
      if (weight === Number.POSITIVE_INFINITY) continue
      if (!Number.isInteger(weight) || weight < 1 || weight > LARGEST_WEIGHT) return undefined
      if (weight > largest) largest = weight
    }
    return largest * topology.graph.nodes.length < UNREACHED ? new EcmpEngine(topology, largest) : undefined
  }

  private constructor(topology: AlgorithmTopology, largest: number) {
    const { graph, member } = topology
    const count = graph.nodes.length
    const distance = new Int32Array(count)
    const links = new Int32Array(graph.links.length)
    const { starts, rows } = pairedRows(topology, UNREACHED)
    const overload = Uint8Array.from(graph.nodes, (node) => (node.overload ? 1 : 0))
    const ring = 2 ** Math.ceil(Math.log2(Math.max(2 * BITS, largest + 1)))
    const mask = ring - 1
    const lastWord = ring / BITS - 1
    // By bucket: its newest entry, -1 without one; and a bit for each that has one.
    const top = new Int32Array(ring).fill(-1)
    const filled = new Int32Array(lastWord + 1)
    const entryNode = new Int32Array(rows.length / 4 + 1)
    const entryBelow = new Int32Array(rows.length / 4 + 1)
    this.distance = distance
    this.links = links
    this.run = (root) => {
      distance.fill(UNREACHED)
      if (member[root] !== 1) return 0
      let size = 0
      let entries = 1
      let waiting = 1
      let current = 0
      distance[root] = 0
      entryNode[0] = root
      entryBelow[0] = -1
      top[0] = 0
      filled[0] = 1
      while (waiting > 0) {
        let slot = current & mask
        let word = slot >>> 5
        let bits = (filled[word] as number) & (-1 << (slot & 31))
        while (bits === 0) {
          word = (word + 1) & lastWord
          bits = filled[word] as number
        }
        const next = word * BITS + 31 - Math.clz32(bits & -bits)
        current = (current + ((next - slot) & mask)) | 0
        slot = next
        let entry = top[slot] as number
        // No link costs nothing: what is put in from here on has another bucket.
        top[slot] = -1
        filled[slot >>> 5] = (filled[slot >>> 5] as number) & ~(1 << (slot & 31))
        for (; entry !== -1; entry = entryBelow[entry] as number) {
          waiting = (waiting - 1) | 0
          const node = entryNode[entry] as number
          if (distance[node] !== current) continue
          const isEnd = overload[node] === 1 && node !== root
          const end = starts[node + 1] as number
          for (let at = starts[node] as number; at < end; at = (at + 4) | 0) {
            const to = rows[at] as number
            const known = distance[to] as number
            const reached = (current + (rows[at + 1] as number)) | 0
            if (reached < known) {
              if (isEnd) continue
              distance[to] = reached
              const bucket = reached & mask
              entryNode[entries] = to
              entryBelow[entries] = top[bucket] as number
              top[bucket] = entries
              filled[bucket >>> 5] = (filled[bucket >>> 5] as number) | (1 << (bucket & 31))
              entries = (entries + 1) | 0
              waiting = (waiting + 1) | 0
            } else if (((known + (rows[at + 2] as number)) | 0) === current && (overload[to] === 0 || to === root)) {
              links[size] = rows[at + 3] as number
              size = (size + 1) | 0
            }
          }
        }
      }
      return size
    }
  }
}
