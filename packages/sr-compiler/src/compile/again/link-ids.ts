import type { Graph } from '@segchain/path-engine'
import type { GraphChange } from './graph-change.js'

/** Numbers of links that stay when others come and go, which the numbers in a graph do not. */
export class LinkIds {
  readonly #byName: Map<string, number>
  /** By number in the graph. */
  readonly #ids: Int32Array
  /** The other way round; empty until it is asked for. */
  readonly #numbers = new Map<number, number>()

  private constructor(byName: Map<string, number>, graph: Graph) {
    this.#byName = byName
    this.#ids = Int32Array.from(graph.links, ({ record }) => {
      const id = byName.get(record.id) ?? byName.size
      byName.set(record.id, id)
      return id
    })
  }

  static of(graph: Graph): LinkIds {
    return new LinkIds(new Map(), graph)
  }

  /** The same for a graph that follows this one; a link that comes back is the one that it was. */
  next(graph: Graph, { numbers }: GraphChange): LinkIds {
    const isSame = numbers.length === graph.links.length && numbers.every((now, old) => now === old)
    return isSame ? this : new LinkIds(this.#byName, graph)
  }

  idOf(link: number): number {
    return this.#ids[link] as number
  }

  idsOf(links: readonly number[]): number[] {
    return links.map((link) => this.#ids[link] as number)
  }

  /** -1 where the link is not there. */
  numberOf(id: number): number {
    if (this.#ids[id] === id) return id
    if (this.#numbers.size === 0) for (const [link, one] of this.#ids.entries()) this.#numbers.set(one, link)
    return this.#numbers.get(id) ?? -1
  }
}
