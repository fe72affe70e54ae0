import type { AlgorithmTopology } from './algorithm-topology.js'
import { rowsForward } from './rows.js'
import { type Search, type SearchTables, searchAgain, searchTables } from './search.js'
import { searchOver } from './search-over.js'

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
  readonly #tables: SearchTables
  readonly #member: Uint8Array
  readonly #search: Search

  /** Undefined for a topology whose costs do not fit (then the general algorithm serves). */
  static for(topology: AlgorithmTopology): SpfEngine | undefined {
    const tables = searchTables(topology.graph.nodes.length, rowsForward(topology))
    const search = searchOver(topology, tables)
    return search === undefined ? undefined : new SpfEngine(topology.member, tables, search.search)
  }

  private constructor(member: Uint8Array, tables: SearchTables, search: Search) {
    this.distance = tables.distance
    this.parent = tables.parent
    this.#tables = tables
    this.#member = member
    this.#search = search
  }

  /** Fills `distance` and `parent`. `blocked` (1 = not to be used) is by link and by node. */
  run(root: number, blockedLinks?: Uint8Array, blockedNodes?: Uint8Array): void {
    const allowed = this.#member[root] === 1 && blockedNodes?.[root] !== 1
    searchAgain(this.#tables, this.#search, allowed ? [root] : [], undefined, blockedLinks, blockedNodes)
  }

  /**
   * The ECMP graph of the last run: 1 for every link on a shortest path, by the number of the link. Links
   * that cost nothing lead to nodes that were settled later, so that it has no circle.
   */
  shortestLinks(into: Uint8Array): Uint8Array {
    const { distance, turn, leaf, links, starts, overload } = this.#tables
    into.fill(0)
    for (let node = 0; node < distance.length; node += 1) {
      const base = distance[node] as number
      // Without a turn: a leaf, which nothing is behind.
      if (turn[node] === -1 || (overload[node] === 1 && turn[node] !== 0)) continue
      const end = starts[node + 1] as number
      for (let at = starts[node] as number; at < end; at += 3) {
        const to = links[at] as number
        const weight = links[at + 1] as number
        const link = links[at + 2] as number
        if (
          base + weight === distance[to] &&
          (weight > 0 || leaf[to] === 1 || (turn[node] as number) < (turn[to] as number))
        )
          into[link] = 1
      }
    }
    return into
  }
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
