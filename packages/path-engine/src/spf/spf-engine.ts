import type { AlgorithmTopology } from './algorithm-topology.js'

/** Largest integer that a double holds exactly. */
const EXACT = Number.MAX_SAFE_INTEGER

/**
 * Dijkstra for many roots of one topology. What makes it fast: usable links alone, ends and weights side
 * by side in one array; a heap of plain doubles, each a distance and a node number packed together
 * (`distance × 2^k + node`), so that a comparison is one comparison; no decrease-key, a stale entry is
 * recognised by its distance; buffers that are used again. Costs must be integers, and their sums stay
 * below 2^53 / 2^k: for 8,192 nodes 2^40, with 24-bit metrics more than any path can cost.
 */
export class SpfEngine {
  /** By node, of the last run; Infinity without a path. */
  readonly distance: Float64Array
  /** By node, of the last run: the link (number in the graph) by which it was first reached. */
  readonly parent: Int32Array
  readonly #starts: Int32Array
  /** For each usable link three numbers: where it leads, its weight, its number. */
  readonly #links: Int32Array
  readonly #overload: Uint8Array
  /** By node: 1 where every usable link leads back to the only neighbour. Nothing is behind it: it need not be visited. */
  readonly #leaf: Uint8Array
  readonly #member: Uint8Array
  readonly #shift: number
  #heap = new Float64Array(1024)

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
    return (largest * graph.nodes.length + 1) * shift < EXACT ? new SpfEngine(topology, shift) : undefined
  }

  private constructor(topology: AlgorithmTopology, shift: number) {
    const { graph, weights, member } = topology
    const count = graph.nodes.length
    this.distance = new Float64Array(count)
    this.parent = new Int32Array(count)
    this.#shift = shift
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
    this.#leaf = leavesOf(this.#starts, this.#links)
  }

  /** Fills `distance` and `parent`. `blocked` (1 = not to be used) is by link and by node. */
  run(root: number, blockedLinks?: Uint8Array, blockedNodes?: Uint8Array): void {
    const { distance, parent } = this
    const links = this.#links
    const starts = this.#starts
    const overload = this.#overload
    const leaf = this.#leaf
    const shift = this.#shift
    // Exact: a power of two.
    const unshift = 1 / shift
    distance.fill(Number.POSITIVE_INFINITY)
    parent.fill(-1)
    if (this.#member[root] !== 1 || blockedNodes?.[root] === 1) return
    let heap = this.#heap
    let size = 1
    // The smallest entry has been taken and its place is still free: the next new entry goes there, which
    // saves a sinking and a rising.
    let free = false
    heap[0] = root
    distance[root] = 0
    for (;;) {
      if (free) {
        size -= 1
        if (size === 0) return
        sink(heap, size, heap[size] as number)
      } else if (size === 0) return
      const top = heap[0] as number
      free = true
      const base = Math.floor(top * unshift)
      const node = top - base * shift
      if (base !== distance[node] || (overload[node] === 1 && node !== root)) continue
      const end = starts[node + 1] as number
      for (let at = starts[node] as number; at < end; at += 3) {
        const to = links[at] as number
        const reached = base + (links[at + 1] as number)
        if (reached >= (distance[to] as number)) continue
        const link = links[at + 2] as number
        if (blockedLinks !== undefined && blockedLinks[link] === 1) continue
        if (blockedNodes !== undefined && blockedNodes[to] === 1) continue
        distance[to] = reached
        parent[to] = link
        if (leaf[to] === 1) continue
        const key = reached * shift + to
        if (free) {
          free = false
          sink(heap, size, key)
          continue
        }
        if (size === heap.length) {
          const larger = new Float64Array(size * 2)
          larger.set(heap)
          heap = larger
          this.#heap = larger
        }
        let hole = size
        size += 1
        while (hole > 0) {
          const above = (hole - 1) >> 1
          const value = heap[above] as number
          if (value <= key) break
          heap[hole] = value
          hole = above
        }
        heap[hole] = key
      }
    }
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

/** Puts a key at the top of a heap of `size` entries, and lets it sink to its place. */
function sink(heap: Float64Array, size: number, key: number): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    let least = heap[child] as number
    if (child + 1 < size) {
      const right = heap[child + 1] as number
      if (right < least) {
        child += 1
        least = right
      }
    }
    if (key <= least) break
    heap[at] = least
    at = child
  }
  heap[at] = key
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
