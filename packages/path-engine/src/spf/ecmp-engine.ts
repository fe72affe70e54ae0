import type { AlgorithmTopology } from './algorithm-topology.js'
import { pairedRows } from './paired-rows.js'

/** The distance of what is not reached, and the weight of what is not there: two of them fit into 31 bits. */
export const UNREACHED = 2 ** 30 - 1
/** Up to this weight there are buckets for all distances that can wait at once. */
const LARGEST_WEIGHT = 0xffff
const BITS = 32

/** What a search reads and fills. */
interface Tables {
  readonly distance: Int32Array
  readonly links: Int32Array
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly overload: Uint8Array
  /** A bucket is for 2^shift distances, no more than the least weight: what is in one cannot bring another nearer. */
  readonly shift: number
  /** By bucket: its newest entry, -1 without one; and a bit for each bucket that has one. */
  readonly top: Int32Array
  readonly filled: Int32Array
  /** Three numbers for each entry: whose it is, the one below it in its bucket, and the distance. */
  readonly entries: Int32Array
}

/**
 * Distances and all equal-cost links for many roots of one topology, in one pass over the links: a node that is
 * visited looks at each neighbour once, and what it would relax in one direction tells at the same time whether the
 * other direction was a shortest path to it. For links that all cost something, which makes the order among equals
 * free, so that a bucket is a stack, as wide as the least of the costs (Denardo and Fox 1979).
 */
export class EcmpEngine {
  readonly #member: Uint8Array
  readonly #tables: Tables

  /** Undefined where a cost is no integer from 1 to 65,535, or a path could cost more than 2^30. */
  static for(topology: AlgorithmTopology): EcmpEngine | undefined {
    let largest = 0
    let least = LARGEST_WEIGHT
    for (const weight of topology.weights) {
      if (weight === Number.POSITIVE_INFINITY) continue
      if (!Number.isInteger(weight) || weight < 1 || weight > LARGEST_WEIGHT) return undefined
      if (weight > largest) largest = weight
      if (weight < least) least = weight
    }
    return largest * topology.graph.nodes.length < UNREACHED ? new EcmpEngine(topology, largest, least) : undefined
  }

  private constructor(topology: AlgorithmTopology, largest: number, least: number) {
    const { nodes, links } = topology.graph
    const shift = 31 - Math.clz32(least)
    // What waits lies within the largest weight of a distance in the bucket that is being visited.
    const ring = 2 ** Math.ceil(Math.log2(Math.max(2 * BITS, (largest >> shift) + 2)))
    const paired = pairedRows(topology, UNREACHED)
    // A node is visited once, so that each link puts in one entry at most.
    const entries = paired.rows.length / 4 + 1
    this.#member = topology.member
    this.#tables = {
      ...paired,
      distance: new Int32Array(nodes.length),
      links: new Int32Array(links.length),
      overload: Uint8Array.from(nodes, (node) => (node.overload ? 1 : 0)),
      shift,
      top: new Int32Array(ring).fill(-1),
      filled: new Int32Array(ring / BITS),
      entries: new Int32Array(3 * entries),
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
  const { distance, links, starts, rows, overload, shift, top, filled, entries } = tables
  const mask = top.length - 1
  const lastWord = filled.length - 1
  let size = 0
  let free = 3
  let waiting = 1
  let slot = 0
  distance[root] = 0
  entries[0] = root
  entries[1] = -1
  entries[2] = 0
  top[0] = 0
  filled[0] = 1
  while (waiting > 0) {
    let word = slot >>> 5
    let bits = (filled[word] as number) & (-1 << (slot & 31))
    while (bits === 0) {
      word = (word + 1) & lastWord
      bits = filled[word] as number
    }
    slot = word * BITS + 31 - Math.clz32(bits & -bits)
    let entry = top[slot] as number
    // No link costs less than a bucket is wide: what is put in from here on has another one.
    top[slot] = -1
    filled[word] = (filled[word] as number) & ~(1 << (slot & 31))
    for (; entry !== -1; entry = entries[entry + 1] as number) {
      waiting = (waiting - 1) | 0
      const node = entries[entry] as number
      const current = entries[entry + 2] as number
      // It came nearer since.
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
          const bucket = (reached >> shift) & mask
          entries[free] = to
          entries[free + 1] = top[bucket] as number
          entries[free + 2] = reached
          top[bucket] = free
          filled[bucket >>> 5] = (filled[bucket >>> 5] as number) | (1 << (bucket & 31))
          free = (free + 3) | 0
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
