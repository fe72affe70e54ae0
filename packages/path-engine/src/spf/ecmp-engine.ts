import type { AlgorithmTopology } from './algorithm-topology.js'
import { pairedRows } from './paired-rows.js'

/** The distance of what is not reached, and the weight of what is not there: two of them fit into 31 bits. */
export const UNREACHED = 2 ** 30 - 1
/** Up to this weight there is a bucket for each distance. */
const LARGEST_WEIGHT = 0xffff
const BITS = 32

/** What a search reads and fills. */
interface Tables {
  readonly distance: Int32Array
  readonly links: Int32Array
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly overload: Uint8Array
  /** By bucket: its newest entry, -1 without one; and a bit for each bucket that has one. */
  readonly top: Int32Array
  readonly filled: Int32Array
  /** By entry: whose it is, and the one below it in its bucket. */
  readonly entryNode: Int32Array
  readonly entryBelow: Int32Array
}

/**
 * Distances and all equal-cost links for many roots of one topology, in one pass over the links: a node that is
 * visited looks at each neighbour once, and what it would relax in one direction tells at the same time whether the
 * other direction was a shortest path to it. For links that all cost something, which makes the order among equals
 * free, so that a bucket is a stack.
 */
export class EcmpEngine {
  readonly #member: Uint8Array
  readonly #tables: Tables

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
    const { nodes, links } = topology.graph
    const ring = 2 ** Math.ceil(Math.log2(Math.max(2 * BITS, largest + 1)))
    const paired = pairedRows(topology, UNREACHED)
    // A node is visited once, so that each link puts in one entry at most.
    const entries = paired.rows.length / 4 + 1
    this.#member = topology.member
    this.#tables = {
      ...paired,
      distance: new Int32Array(nodes.length),
      links: new Int32Array(links.length),
      overload: Uint8Array.from(nodes, (node) => (node.overload ? 1 : 0)),
      top: new Int32Array(ring).fill(-1),
      filled: new Int32Array(ring / BITS),
      entryNode: new Int32Array(entries),
      entryBelow: new Int32Array(entries),
    }
  }

  /** By node, of the last run; {@link UNREACHED} without a path. */
  get distance(): Int32Array {
    return this.#tables.distance
  }

  /** Of the last run: the links on shortest paths from the root, as many as `run` said. */
  get links(): Int32Array {
    return this.#tables.links
  }

  /** How many links are on shortest paths from the root. */
  run(root: number): number {
    this.#tables.distance.fill(UNREACHED)
    return this.#member[root] === 1 ? search(this.#tables, root) : 0
  }
}

// Everything in local variables, and nothing called: it is the innermost loop of all.
function search(tables: Tables, root: number): number {
  const { distance, links, starts, rows, overload, top, filled, entryNode, entryBelow } = tables
  const mask = top.length - 1
  const lastWord = filled.length - 1
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
