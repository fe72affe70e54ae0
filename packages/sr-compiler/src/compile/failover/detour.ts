import type { Graph, PrefixSidEntry, Routes } from '@segchain/path-engine'
import type { LinkIds } from '../again/link-ids.js'
import { Frontier } from './frontier.js'
import { delaysOf, type Way } from './stages.js'

/** What is not there any more. */
export interface Gone {
  readonly links: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
}

/**
 * Ways after a failure, one at a time and without computing everybody's routes: A* with the distances of before the
 * failure as the estimate, which a failure can only raise. So no more is looked at than the ways that are as short as
 * the detour. Not where links cost nothing (`hasFreeLink`). The tables are used again and again, and hold what the last search left:
 * a node's entries count where its stamp is that of the search.
 */
export class Detours {
  readonly #graph: Graph
  readonly #ids: LinkIds
  readonly #overload: Uint8Array
  /** By node: 1 is a LAN. */
  readonly #lan: Uint8Array
  /** By link: where it begins, and its delay. */
  readonly #origins: Int32Array
  readonly #delays: Float64Array
  readonly #frontier = new Frontier()
  readonly #cost: Float64Array
  readonly #delay: Float64Array
  /** By node: it has a cost, it is settled, it leads to an end on a shortest way. */
  readonly #reached: Int32Array
  readonly #settled: Int32Array
  readonly #onWay: Int32Array
  /** By node: it is a sink that is left. */
  readonly #sink: Int32Array
  /** By link and by node: it is gone. */
  readonly #deadLink: Uint8Array
  readonly #deadNode: Uint8Array
  #stamp = 0

  constructor(graph: Graph, ids: LinkIds) {
    this.#ids = ids
    const count = graph.nodes.length
    this.#graph = graph
    this.#overload = Uint8Array.from(graph.nodes, ({ overload }) => (overload ? 1 : 0))
    this.#lan = Uint8Array.from(graph.nodes, ({ pseudonode }) => (pseudonode ? 1 : 0))
    this.#origins = Int32Array.from(graph.links, (link) => link.from)
    this.#delays = delaysOf(graph)
    this.#cost = new Float64Array(count)
    this.#delay = new Float64Array(count)
    this.#reached = new Int32Array(count)
    this.#settled = new Int32Array(count)
    this.#onWay = new Int32Array(count)
    this.#sink = new Int32Array(count)
    this.#deadLink = new Uint8Array(graph.links.length)
    this.#deadNode = new Uint8Array(count)
  }

  /** `before`: the routes of `sid`; `sinks`: those that are left, each of cost 0. */
  from(before: Routes, sid: PrefixSidEntry, from: number, gone: Gone, sinks: Iterable<number>): Way {
    this.#stamp += 1
    for (const node of sinks) this.#sink[node] = this.#stamp
    for (const link of gone.links) this.#deadLink[link] = 1
    for (const node of gone.nodes) this.#deadNode[node] = 1
    const distance = this.#search(before, from)
    const links = this.#linksBack(before, from, sinks, distance)
    for (const link of gone.links) this.#deadLink[link] = 0
    for (const node of gone.nodes) this.#deadNode[node] = 0
    const ends: number[] = []
    for (const node of sinks) if (this.#onWay[node] === this.#stamp) ends.push(node)
    return { sid, node: from, distance, links: this.#ids.idsOf(links), ends, delays: this.#delaysTo(ends, links) }
  }

  /** The cost to the nearest sink; every node that can be on a way as short as that is settled. */
  #search({ distance: estimate, topology }: Routes, from: number): number {
    const { offsets, targets } = this.#graph
    const { weights } = topology
    const [cost, reached, settled, frontier, stamp] = [
      this.#cost,
      this.#reached,
      this.#settled,
      this.#frontier,
      this.#stamp,
    ]
    const [deadLink, deadNode] = [this.#deadLink, this.#deadNode]
    let best = Number.POSITIVE_INFINITY
    cost[from] = 0
    reached[from] = stamp
    frontier.clear()
    if (estimate[from] !== Number.POSITIVE_INFINITY) frontier.push(from, estimate[from] as number)
    for (let node = frontier.pop(best); node !== -1; node = frontier.pop(best)) {
      if (settled[node] === stamp) continue
      settled[node] = stamp
      const here = cost[node] as number
      if (this.#sink[node] === stamp) {
        best = Math.min(best, here)
        continue
      }
      if (node !== from && this.#overload[node] === 1) continue
      const end = offsets[node + 1] as number
      for (let link = offsets[node] as number; link < end; link += 1) {
        const to = targets[link] as number
        const next = here + (weights[link] as number)
        if (reached[to] === stamp && next >= (cost[to] as number)) continue
        const onward = next + (estimate[to] as number)
        // Also where the link is no part of the algorithm, or its end is no member.
        if (onward > best || onward === Number.POSITIVE_INFINITY || deadLink[link] === 1 || deadNode[to] === 1) continue
        cost[to] = next
        reached[to] = stamp
        frontier.push(to, onward)
      }
    }
    return best
  }

  /** From the nearest sinks back over all that is just as short; those first that begin nearest, at a LAN before at the routers on it. */
  #linksBack({ topology }: Routes, from: number, sinks: Iterable<number>, best: number): number[] {
    const { incoming, incomingOffsets } = this.#graph
    const { weights } = topology
    const [cost, settled, onWay, sink, stamp] = [this.#cost, this.#settled, this.#onWay, this.#sink, this.#stamp]
    const origins = this.#origins
    const open: number[] = []
    for (const node of sinks) {
      if (settled[node] !== stamp || cost[node] !== best) continue
      onWay[node] = stamp
      open.push(node)
    }
    const links: number[] = []
    for (const node of open) {
      const end = incomingOffsets[node + 1] as number
      for (let at = incomingOffsets[node] as number; at < end; at += 1) {
        const link = incoming[at] as number
        const near = origins[link] as number
        if (settled[near] !== stamp || (cost[near] as number) + (weights[link] as number) !== cost[node]) continue
        if (this.#deadLink[link] === 1 || sink[near] === stamp) continue
        if (near !== from && this.#overload[near] === 1) continue
        links.push(link)
        if (onWay[near] === stamp) continue
        onWay[near] = stamp
        open.push(near)
      }
    }
    return links.sort((a, b) => {
      const [here, there] = [origins[a] as number, origins[b] as number]
      return (
        (cost[here] as number) - (cost[there] as number) || (this.#lan[there] as number) - (this.#lan[here] as number)
      )
    })
  }

  #delaysTo(ends: readonly number[], links: readonly number[]): number[] {
    const { targets } = this.#graph
    const [delay, origins] = [this.#delay, this.#origins]
    for (const node of ends) delay[node] = 0
    for (const link of links) {
      delay[origins[link] as number] = 0
      delay[targets[link] as number] = 0
    }
    for (const link of links) {
      const to = targets[link] as number
      const arrival = (delay[origins[link] as number] as number) + (this.#delays[link] as number)
      delay[to] = Math.max(delay[to] as number, arrival)
    }
    return ends.map((node) => delay[node] as number)
  }
}
