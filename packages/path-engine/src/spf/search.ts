/** What a search reads and fills: plain arrays, made once for all its runs. */
export interface SearchTables {
  /** By node; Infinity before the search, the cost of the source at a source. */
  readonly distance: Float64Array
  /** By node: the number of the link by which it was first reached; -1 before the search. */
  readonly parent: Int32Array
  /** By node: in which turn it was settled; -1 before the search. A leaf has none. */
  readonly turn: Int32Array
  /** By node: where its links begin in `links`; one more at the end. */
  readonly starts: Int32Array
  /** For each usable link three numbers: where it leads, its weight, its number. */
  readonly links: Int32Array
  /** By node: 1 is reached, but nothing through it, unless it is a source. */
  readonly overload: Uint8Array
  /** By node: 1 where every usable link leads back to the only neighbour. Nothing is behind it: no need to visit. */
  readonly leaf: Uint8Array
  /** By node: 1 for a source, which nothing can bring nearer. */
  readonly source: Uint8Array
}

/** Dijkstra from the sources; `blocked` (1 = not to be used) is by link and by node. */
export type Search = (sources: readonly number[], blockedLinks?: Uint8Array, blockedNodes?: Uint8Array) => void

/** Tables with room for `count` nodes, ready for a first search. */
export function searchTables(
  count: number,
  rows: Pick<SearchTables, 'starts' | 'links' | 'overload' | 'leaf'>,
): SearchTables {
  return {
    ...rows,
    distance: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    parent: new Int32Array(count).fill(-1),
    turn: new Int32Array(count).fill(-1),
    source: new Uint8Array(count),
  }
}

/** Runs a search after another one. `costs` by position in `sources`; 0 without. */
export function searchAgain(
  tables: SearchTables,
  search: Search,
  sources: readonly number[],
  costs?: readonly number[],
  blockedLinks?: Uint8Array,
  blockedNodes?: Uint8Array,
): void {
  const { distance, source } = tables
  distance.fill(Number.POSITIVE_INFINITY)
  tables.parent.fill(-1)
  tables.turn.fill(-1)
  for (let i = 0; i < sources.length; i += 1) {
    const node = sources[i] as number
    distance[node] = costs === undefined ? 0 : (costs[i] as number)
    source[node] = 1
  }
  search(sources, blockedLinks, blockedNodes)
  for (const node of sources) source[node] = 0
}
