import { bothDirections } from '../graph/directions.js'
import type { Graph } from '../graph/graph.js'
import { linkAt, nodeAt, nodeName } from '../graph/graph.js'
import { sharedRisks } from '../graph/shared-risks.js'
import type { Disjointness } from './constraints.js'

/** What paths at a level of disjointness may not share, as names, and what each name stands for. */
export class Resources {
  readonly graph: Graph
  readonly level: Disjointness
  /** Nodes that everybody may pass: where the paths begin and end. */
  readonly #free: ReadonlySet<number>
  readonly #fibre: readonly number[]
  /** By link: its SRLGs, whichever end tells them. */
  readonly #risks = new Map<number, number[]>()
  readonly #linksOf = new Map<string, number[]>()

  constructor(graph: Graph, level: Disjointness, free: ReadonlySet<number>) {
    this.graph = graph
    this.level = level
    this.#free = free
    this.#fibre = bothDirections(graph)
    for (const [srlg, links] of level === 'srlg' ? sharedRisks(graph) : []) {
      for (const link of links) this.#risks.set(link, [...(this.#risks.get(link) ?? []), srlg])
    }
    for (const { index } of graph.links) {
      for (const name of this.ofLink(index)) this.#linksOf.set(name, [...(this.#linksOf.get(name) ?? []), index])
    }
  }

  /** Both directions of a link are the same resource. */
  ofLink(link: number): string[] {
    const { to } = linkAt(this.graph, link)
    const names = [`link ${this.#fibre[link]}`]
    if (this.level === 'node' && !this.#free.has(to) && !nodeAt(this.graph, to).pseudonode) names.push(`node ${to}`)
    for (const srlg of this.#risks.get(link) ?? []) names.push(`srlg ${srlg}`)
    return names
  }

  used(links: Iterable<number>): Set<string> {
    const used = new Set<string>()
    for (const link of links) for (const name of this.ofLink(link)) used.add(name)
    return used
  }

  /** Links that go with these resources. */
  links(names: Iterable<string>): Set<number> {
    const links = new Set<number>()
    for (const name of names) for (const link of this.#linksOf.get(name) ?? []) links.add(link)
    return links
  }

  /** For people: `the link r1-r2`, `the node r5`, `SRLG 7`. */
  describe(name: string): string {
    const [kind, text = ''] = name.split(' ')
    if (kind === 'srlg') return `SRLG ${text}`
    if (kind === 'node') return `the node ${nodeName(nodeAt(this.graph, Number(text)))}`
    const { from, to } = linkAt(this.graph, Number(text))
    return `the link ${nodeName(nodeAt(this.graph, from))}-${nodeName(nodeAt(this.graph, to))}`
  }
}
