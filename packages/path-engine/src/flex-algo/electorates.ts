import type { NodeRecord } from '@segchain/records'
import { type Graph, linkAt } from '../graph/graph.js'

/** Routers that elect the definitions of Flex-Algos together. */
export interface Electorate {
  /** Of joined instances: the number of theirs. */
  readonly scope?: number
  /** By node number: what the node says of itself in this instance; a joining node says it in each. */
  readonly records: ReadonlyMap<number, NodeRecord>
}

export interface Electorates {
  readonly all: readonly Electorate[]
  /** By link: the number of its electorate. */
  readonly ofLink: Int32Array
}

/**
 * A FAD is flooded through one area or level (RFC 9350 §5.1, §5.2), and what a router says that cannot be reached
 * does not count (RFC 7981 §2; its LSP ages out in minutes): each partition of each area elects for itself. Any link
 * that is there in both directions holds a partition together, whatever its metric or colour.
 */
export function electoratesOf(graph: Graph): Electorates {
  const scopes = scopeCount(graph)
  const parts = new Parts(graph.nodes.length * scopes)
  const place = (node: number, scope: number): number => node * scopes + scope
  for (const { index, from, to } of graph.links) {
    const scope = scopeOf(graph, index)
    parts.join(place(from, scope), place(to, scope))
  }
  const numbers = new Map<number, number>()
  const all: { scope?: number; records: Map<number, NodeRecord> }[] = []
  const numberOf = (node: number, scope: number): number => {
    const part = parts.of(place(node, scope))
    const known = numbers.get(part)
    if (known !== undefined) return known
    numbers.set(part, all.length)
    return all.push({ ...(graph.joined === undefined ? {} : { scope }), records: new Map() }) - 1
  }
  for (const node of graph.nodes) {
    for (const scope of graph.joined?.ofNode[node.index] ?? [0]) {
      const record = graph.joined?.records[node.index]?.get(scope) ?? node.record
      const electorate = all[numberOf(node.index, scope)]
      if (record !== undefined) electorate?.records.set(node.index, record)
    }
  }
  return { all, ofLink: Int32Array.from(graph.links, ({ index, from }) => numberOf(from, scopeOf(graph, index))) }
}

function scopeCount({ joined }: Graph): number {
  return joined?.names.length ?? 1
}

function scopeOf(graph: Graph, link: number): number {
  return graph.joined?.ofLink[linkAt(graph, link).index] ?? 0
}

/** Sets that grow together (union by the smaller number, paths halved). */
class Parts {
  readonly #above: Int32Array

  constructor(count: number) {
    this.#above = Int32Array.from({ length: count }, (_, i) => i)
  }

  of(item: number): number {
    let at = item
    for (let above = this.#above[at] as number; above !== at; above = this.#above[at] as number) {
      this.#above[at] = this.#above[above] as number
      at = above
    }
    return at
  }

  join(a: number, b: number): void {
    const one = this.of(a)
    const other = this.of(b)
    this.#above[Math.max(one, other)] = Math.min(one, other)
  }
}
