import { type AlgorithmTopology, distancesFrom, type LinkChange, routesTo } from '@segchain/path-engine'
import type { LinkIds } from './link-ids.js'
import type { Read } from './reads.js'

/** A changed link in the state before or after: how far everybody is from it, and it from everybody. */
interface Passage {
  readonly id: number
  readonly weight: number
  readonly toFrom: Float64Array
  readonly fromTo: Float64Array
}

/**
 * Can a change of links have anything to do with a way? It can when a shortest path from the node led
 * over a link that changed, or one that is as short does now. Both are told from the distances to the
 * near end of the link and from its far end: four searches for each link, whatever the number of ways.
 * Says rather yes than no.
 */
export class Nearness {
  readonly #older: readonly Passage[]
  readonly #newer: readonly Passage[]

  private constructor(older: readonly Passage[], newer: readonly Passage[]) {
    this.#older = older
    this.#newer = newer
  }

  /** For topologies without links that cost nothing (`hasFreeLink`). */
  static between(before: AlgorithmTopology, after: AlgorithmTopology, links: LinkChange, ids: NumberedIds): Nearness {
    return new Nearness(passagesOf(before, links.older, ids.before), passagesOf(after, links.newer, ids.now))
  }

  mayTouch(read: Read): boolean {
    return this.comesNear(read) || this.#wasOnWay(read)
  }

  /** A way over what is there now is as short. */
  comesNear(read: Read): boolean {
    for (const passage of this.#newer) if (leadsOver(read, passage)) return true
    return false
  }

  #wasOnWay(read: Read): boolean {
    for (const passage of this.#older) {
      // Where all links of a way are known, those that it led over are too.
      if (leadsOver(read, passage) && read.links?.includes(passage.id) !== false) return true
    }
    return false
  }

  /** Links that were another way, by {@link LinkIds}. */
  get older(): readonly number[] {
    return this.#older.map(({ id }) => id)
  }
}

export interface NumberedIds {
  readonly before: LinkIds
  readonly now: LinkIds
}

function leadsOver({ sid, node, distance }: Read, { weight, toFrom, fromTo }: Passage): boolean {
  const near = (toFrom[node] as number) + weight
  if (near > distance) return false
  for (const member of sid.members) {
    const length = near + (fromTo[member.node] as number) + member.cost
    if (length <= distance && length !== Number.POSITIVE_INFINITY) return true
  }
  return false
}

function passagesOf(topology: AlgorithmTopology, links: ReadonlySet<number>, ids: LinkIds): Passage[] {
  return [...links].flatMap((number): Passage[] => {
    const weight = topology.weights[number] as number
    const link = topology.graph.links[number]
    if (link === undefined || !Number.isFinite(weight)) return []
    const toFrom = routesTo(topology, [{ node: link.from, cost: 0 }]).distance
    return [{ id: ids.idOf(number), weight, toFrom, fromTo: distancesFrom(topology, link.to) }]
  })
}
