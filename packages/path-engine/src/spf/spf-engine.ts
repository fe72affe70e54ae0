import type { AlgorithmTopology } from './algorithm-topology.js'
import { bucketSearch } from './bucket-search.js'
import { heapSearch } from './heap-search.js'
import type { Search, SearchTables } from './search.js'

/** Largest integer that a double holds exactly. */
const EXACT = Number.MAX_SAFE_INTEGER
/** Up to this weight a bucket for each distance is faster than a heap; beyond it most buckets are empty. */
const LARGEST_FOR_BUCKETS = 0xffff

/**
 * Dijkstra for many roots of one topology. What makes it fast: usable links alone, ends and weights side
 * by side in one array; nodes with nothing behind them are not visited; buffers that are used again; and
 * a queue without decrease-key (a stale entry is recognised by its distance), of buckets for the weights
 * that IGPs have, else a heap. Costs must be integers, and their sums, times the number of nodes, stay
 * below 2^53: with 24-bit metrics more than any path can cost.
 */
export class SpfEngine {
  /** By node, of the last run; Infinity without a path. */
  readonly distance: Float64Array
  /** By node, of the last run: the link (number in the graph) by which it was first reached. */
  readonly parent: Int32Array
  readonly #starts: Int32Array
  readonly #links: Int32Array
  readonly #overload: Uint8Array
  readonly #member: Uint8Array
  readonly #search: Search

  /** Undefined for a topology whose costs do not fit (then the general algorithm serves). */
  static for(topology: AlgorithmTopology): SpfEngine | undefined {
    const { graph, weights } = topology
    const shift = 2 ** Math.ceil(Math.log2(Math.max(2, graph.nodes.length)))
    let largest = 0
    for (const weight of weights) {
      if (weight === Number.POSITIVE_INFINITY) continue
      if (!Number.isInteger(weight) || weight < 0 || weight > 0x7fff_ffff) return undefined
      if (weight > largest) largest = weight
    }
    return (largest * graph.nodes.length + 1) * shift < EXACT ? new SpfEngine(topology, shift, largest) : undefined
  }

  private constructor(topology: AlgorithmTopology, shift: number, largest: number) {
    const { graph, weights, member } = topology
    const count = graph.nodes.length
    this.distance = new Float64Array(count)
    this.parent = new Int32Array(count)
    this.#member = member
    this.#overload = Uint8Array.from(graph.nodes, (node) => (node.overload ? 1 : 0))
    this.#starts = new Int32Array(count + 1)
    const rows: number[] = []
    for (let node = 0; node < count; node += 1) {
      this.#starts[node] = rows.length
      const end = graph.offsets[node + 1] as number
      for (let link = graph.offsets[node] as number; link < end; link += 1) {
        const weight = weights[link] as number
        if (weight !== Number.POSITIVE_INFINITY) rows.push(graph.targets[link] as number, weight, link)
      }
    }
    this.#starts[count] = rows.length
    this.#links = Int32Array.from(rows)
    const tables: SearchTables = {
      distance: this.distance,
      parent: this.parent,
      starts: this.#starts,
      links: this.#links,
      overload: this.#overload,
      leaf: leavesOf(this.#starts, this.#links),
    }
    this.#search = largest <= LARGEST_FOR_BUCKETS ? bucketSearch(tables, largest) : heapSearch(tables, shift)
  }

  /** Fills `distance` and `parent`. `blocked` (1 = not to be used) is by link and by node. */
  run(root: number, blockedLinks?: Uint8Array, blockedNodes?: Uint8Array): void {
    this.distance.fill(Number.POSITIVE_INFINITY)
    this.parent.fill(-1)
    if (this.#member[root] !== 1 || blockedNodes?.[root] === 1) return
    this.#search(root, blockedLinks, blockedNodes)
  }

  /**
   * The ECMP graph of the last run: 1 for every link on a shortest path, by the number of the link. Of
   * links that cost nothing only those that a node was first reached by, so that it has no circle.
   */
  shortestLinks(into: Uint8Array): Uint8Array {
    const { distance, parent } = this
    const links = this.#links
    const starts = this.#starts
    const overload = this.#overload
    into.fill(0)
    for (let node = 0; node < distance.length; node += 1) {
      const base = distance[node] as number
      if (base === Number.POSITIVE_INFINITY || (overload[node] === 1 && base > 0)) continue
      const end = starts[node + 1] as number
      for (let at = starts[node] as number; at < end; at += 3) {
        const to = links[at] as number
        const weight = links[at + 1] as number
        const link = links[at + 2] as number
        if (base + weight === distance[to] && (weight > 0 || parent[to] === link)) into[link] = 1
      }
    }
    return into
  }
}

function leavesOf(starts: Int32Array, links: Int32Array): Uint8Array {
  const count = starts.length - 1
  const leaf = new Uint8Array(count)
  for (let node = 0; node < count; node += 1) {
    const begin = starts[node] as number
    const end = starts[node + 1] as number
    leaf[node] = 1
    for (let at = begin; at < end; at += 3) if (links[at] !== links[begin]) leaf[node] = 0
  }
  return leaf
}

const engines = new WeakMap<AlgorithmTopology, SpfEngine | 'none'>()

/** The engine of a topology, made once. */
export function engineOf(topology: AlgorithmTopology): SpfEngine | undefined {
  let engine = engines.get(topology)
  if (engine === undefined) {
    engine = SpfEngine.for(topology) ?? 'none'
    engines.set(topology, engine)
  }
  return engine === 'none' ? undefined : engine
}
