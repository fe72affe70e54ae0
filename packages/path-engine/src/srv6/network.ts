import type { Graph } from '../graph/graph.js'
import { type Outage, withoutTopologies } from '../mpls/network.js'
import type { AlgorithmTopology } from '../spf/algorithm-topology.js'
import { type Routes, routesTo } from '../spf/routes.js'
import { isInPrefix } from './address.js'
import type { Srv6Limits } from './limits.js'
import { type Locator, matches, matchLength, type Srv6Sid } from './sid.js'

export interface Srv6Parts {
  readonly graph: Graph
  readonly topologies: ReadonlyMap<number, AlgorithmTopology>
  readonly locators: readonly Locator[]
  readonly sids: readonly Srv6Sid[]
  /** By node; absent where nobody says. */
  readonly limits?: (node: number) => Srv6Limits | undefined
}

/** A network as an SRv6 packet sees it: every node's own SIDs, and the locators that lead to them. */
export class Srv6Network {
  readonly graph: Graph
  readonly #parts: Srv6Parts
  readonly #sidsOf = new Map<number, Srv6Sid[]>()
  /** Longest prefix first. */
  readonly #locators: readonly Locator[]
  readonly #routes = new Map<Locator, Routes>()

  constructor(parts: Srv6Parts) {
    this.#parts = parts
    this.graph = parts.graph
    for (const sid of parts.sids) this.#sidsOf.set(sid.node, [...(this.#sidsOf.get(sid.node) ?? []), sid])
    for (const list of this.#sidsOf.values()) list.sort((a, b) => matchLength(b) - matchLength(a))
    this.#locators = [...parts.locators].sort((a, b) => b.prefix.length - a.prefix.length)
  }

  get locators(): readonly Locator[] {
    return this.#parts.locators
  }

  get sids(): readonly Srv6Sid[] {
    return this.#parts.sids
  }

  topology(algorithm: number): AlgorithmTopology | undefined {
    return this.#parts.topologies.get(algorithm)
  }

  limits(node: number): Srv6Limits | undefined {
    return this.#parts.limits?.(node)
  }

  /** The node's own SID that this destination is; the longest match. */
  sidAt(node: number, destination: bigint): Srv6Sid | undefined {
    return this.#sidsOf.get(node)?.find((sid) => matches(sid, destination))
  }

  /** The locator that leads to this destination; the longest match. */
  locatorOf(destination: bigint): Locator | undefined {
    return this.#locators.find((locator) => isInPrefix(destination, locator.prefix))
  }

  /** Undefined when nobody computes the locator's algorithm. */
  routes(locator: Locator): Routes | undefined {
    const topology = this.#parts.topologies.get(locator.algorithm)
    if (topology === undefined) return undefined
    let routes = this.#routes.get(locator)
    if (routes === undefined) {
      routes = routesTo(topology, locator.members)
      this.#routes.set(locator, routes)
    }
    return routes
  }

  /** The same network after an outage, once every router has converged. `gone` withdraws services from nodes. */
  without(outage: Outage, gone: (service: string, node: number) => boolean = () => false): Srv6Network {
    const { graph, topologies, locators, sids } = this.#parts
    const { changed, deadLinks } = withoutTopologies(graph, topologies, outage)
    return new Srv6Network({
      ...this.#parts,
      topologies: changed,
      locators: locators.map((locator) => {
        const { service } = locator
        if (service === undefined) return locator
        return { ...locator, members: locator.members.filter(({ node }) => !gone(service, node)) }
      }),
      sids: sids.filter(
        ({ link, service, node }) =>
          (link === undefined || !deadLinks.has(link)) && (service === undefined || !gone(service, node)),
      ),
    })
  }
}
