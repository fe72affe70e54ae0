import type { AlgorithmTopology } from './algorithm-topology.js'
import { bucketSearch } from './bucket-search.js'
import { heapSearch } from './heap-search.js'
import type { Search, SearchTables } from './search.js'

/** Largest integer that a double holds exactly. */
const EXACT = Number.MAX_SAFE_INTEGER
/** Up to this weight a bucket for each distance is faster than a heap; beyond it most buckets are empty. */
const LARGEST_FOR_BUCKETS = 0xffff

export interface ChosenSearch {
  readonly search: Search
  /** The largest cost that a source may have. */
  readonly largestCost: number
}

/**
 * The search that suits the weights of a topology; undefined where none does: costs must be integers,
 * and their sums, times the number of nodes, stay below 2^53. `wanted`: see {@link ChosenSearch.largestCost}.
 */
export function searchOver(topology: AlgorithmTopology, tables: SearchTables, wanted = 0): ChosenSearch | undefined {
  const count = topology.graph.nodes.length
  const shift = 2 ** Math.ceil(Math.log2(Math.max(2, count)))
  let largest = 0
  for (const weight of topology.weights) {
    if (weight === Number.POSITIVE_INFINITY) continue
    if (!Number.isInteger(weight) || weight < 0 || weight > 0x7fff_ffff) return undefined
    if (weight > largest) largest = weight
  }
  if ((largest * count + wanted + 1) * shift >= EXACT) return undefined
  // What waits in buckets must lie within one turn of the ring.
  const ring = Math.max(largest, wanted)
  if (ring <= LARGEST_FOR_BUCKETS) return { search: bucketSearch(tables, ring), largestCost: ring }
  return { search: heapSearch(tables, shift), largestCost: Math.floor(EXACT / shift) - largest * count - 1 }
}
