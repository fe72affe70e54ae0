import type { Graph } from '@segchain/path-engine'

/** Numbers of links that stay when others come and go, which the numbers in a graph do not. */
export class LinkIds {
  readonly #byName: Map<string, number>
  /** By number in the graph. */
  readonly #ids: Int32Array

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
  next(graph: Graph): LinkIds {
    return new LinkIds(this.#byName, graph)
  }

  idOf(link: number): number {
    return this.#ids[link] as number
  }

  idsOf(links: readonly number[]): number[] {
    return links.map((link) => this.#ids[link] as number)
  }
}
