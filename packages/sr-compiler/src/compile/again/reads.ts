import type { LabelNetwork, PrefixSidEntry, Trace } from '@segchain/path-engine'

/** A computation asked how a node reaches a segment, and was told this distance. */
export interface Read {
  readonly sid: PrefixSidEntry
  readonly node: number
  /** Infinity where there was no way. */
  readonly distance: number
  /** All that the ways use, as {@link LinkIds}, where that is known. */
  readonly links?: readonly number[]
}

/** What the choice of a chain looked at: as long as all of it is as it was, the choice is what it was. */
export class Reads {
  readonly #network: LabelNetwork
  readonly #ways = new Map<PrefixSidEntry, Map<number, number>>()
  /** `node|label` of labels that no segment explains: another kind of label may come to mean something. */
  readonly labels = new Set<string>()
  /** False where something was given out that other chains can take. */
  isRepeatable = true

  constructor(network: LabelNetwork) {
    this.#network = network
  }

  /** The distance, every next link, and everything behind them. */
  way(sid: PrefixSidEntry, node: number): void {
    const nodes = this.#ways.get(sid) ?? new Map<number, number>()
    if (nodes.has(node)) return
    nodes.set(node, this.#network.routes(sid)?.distance[node] ?? Number.POSITIVE_INFINITY)
    this.#ways.set(sid, nodes)
  }

  /** Where a packet comes to a segment; from there on the way stands for all its hops. */
  trace({ hops }: Trace): void {
    const follows = new Set<number>()
    for (const hop of hops) {
      const { sid } = hop
      if (sid === undefined) {
        if (hop.stack[0] !== undefined) this.labels.add(`${hop.node}|${hop.stack[0]}`)
        continue
      }
      for (const next of hop.next) if (hops[next]?.sid === sid) follows.add(next)
    }
    hops.forEach((hop, i) => {
      if (hop.sid !== undefined && !follows.has(i)) this.way(hop.sid, hop.node)
    })
  }

  /** All of it, once nothing more is asked. */
  get list(): readonly Read[] {
    const list: Read[] = []
    for (const [sid, nodes] of this.#ways) for (const [node, distance] of nodes) list.push({ sid, node, distance })
    return list
  }
}
