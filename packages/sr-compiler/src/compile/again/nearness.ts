import { type AlgorithmTopology, distancesFrom, routesTo } from '@segchain/path-engine'
import type { GraphChange } from './graph-change.js'
import type { Read } from './reads.js'

/** More changes than this at once are not looked at one by one. */
const MOST_CHANGES = 64

/** A changed link in the state before or after: how far everybody is from it, and it from everybody. */
interface Passage {
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
  readonly #passages: readonly Passage[]

  private constructor(passages: readonly Passage[]) {
    this.#passages = passages
  }

  /** Undefined where it cannot be told: other members, too many changes, or links that cost nothing. */
  static between(before: AlgorithmTopology, after: AlgorithmTopology, change: GraphChange): Nearness | undefined {
    if (before.member.some((member, i) => member !== after.member[i])) return undefined
    // Between equals, links of cost 0 both ways are taken in an order that the whole network has a part in.
    if (hasFreeLink(before) || hasFreeLink(after)) return undefined
    const older = new Set(change.older)
    const newer = new Set(change.newer)
    change.numbers.forEach((now, old) => {
      if (now < 0 || before.weights[old] === after.weights[now]) return
      older.add(old)
      newer.add(now)
    })
    if (older.size + newer.size > MOST_CHANGES) return undefined
    return new Nearness([...passagesOf(before, older), ...passagesOf(after, newer)])
  }

  mayTouch({ sid, node, distance }: Read): boolean {
    return this.#passages.some(({ weight, toFrom, fromTo }) => {
      const near = (toFrom[node] as number) + weight
      if (near > distance) return false
      let rest = Number.POSITIVE_INFINITY
      for (const member of sid.members) rest = Math.min(rest, (fromTo[member.node] as number) + member.cost)
      return Number.isFinite(near + rest) && near + rest <= distance
    })
  }
}

function passagesOf(topology: AlgorithmTopology, links: ReadonlySet<number>): Passage[] {
  return [...links].flatMap((number): Passage[] => {
    const weight = topology.weights[number] as number
    const link = topology.graph.links[number]
    if (link === undefined || !Number.isFinite(weight)) return []
    const toFrom = routesTo(topology, [{ node: link.from, cost: 0 }]).distance
    return [{ weight, toFrom, fromTo: distancesFrom(topology, link.to) }]
  })
}

function hasFreeLink({ weights }: AlgorithmTopology): boolean {
  return weights.includes(0)
}
