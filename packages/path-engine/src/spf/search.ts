/** What a search reads and fills: plain arrays, made once for all roots. */
export interface SearchTables {
  /** By node; Infinity before the search. */
  readonly distance: Float64Array
  /** By node: the number of the link by which it was first reached; -1 before the search. */
  readonly parent: Int32Array
  /** By node: where its links begin in `links`; one more at the end. */
  readonly starts: Int32Array
  /** For each usable link three numbers: where it leads, its weight, its number. */
  readonly links: Int32Array
  /** By node: 1 carries nobody else's traffic. */
  readonly overload: Uint8Array
  /** By node: 1 where every usable link leads back to the only neighbour. Nothing is behind it: no need to visit. */
  readonly leaf: Uint8Array
}

/** Dijkstra from a root; `blocked` (1 = not to be used) is by link and by node. */
export type Search = (root: number, blockedLinks?: Uint8Array, blockedNodes?: Uint8Array) => void
