import { type AlgorithmTopology, hasFreeLink, type LabelNetwork, type LinkChange } from '@segchain/path-engine'
import type { GraphChange } from './graph-change.js'
import { Nearness, type NumberedIds } from './nearness.js'
import type { Read } from './reads.js'

/** More changes than this at once are not looked at one by one. */
const MOST_CHANGES = 64

/** What is different between two networks of the same nodes and segments, and what that can have to do with a way. */
export class NetworkChange {
  readonly before: LabelNetwork
  readonly now: LabelNetwork
  readonly graph: GraphChange
  /** Those that segments have. */
  readonly algorithms: ReadonlySet<number>
  readonly #ids: NumberedIds
  readonly #near = new Map<number, Nearness | undefined>()
  #isSameShape: boolean | undefined

  constructor(before: LabelNetwork, now: LabelNetwork, graph: GraphChange, ids: NumberedIds) {
    this.before = before
    this.now = now
    this.graph = graph
    this.#ids = ids
    this.algorithms = new Set(now.sids.map((sid) => sid.algorithm))
  }

  /** Can the change have anything to do with how a node reaches a segment? Says rather yes than no. */
  mayTouch(read: Read): boolean {
    return this.#nearnessOf(read)?.mayTouch(read) ?? true
  }

  /** The same for ways of which somebody else knows that they led over none of the links of `older`. */
  comesNear(read: Read): boolean {
    return this.#nearnessOf(read)?.comesNear(read) ?? true
  }

  /** What is gone or another way now, in any algorithm, by {@link LinkIds}. */
  get older(): readonly number[] {
    for (const algorithm of this.algorithms) this.#remember(algorithm)
    return [...new Set([...this.#near.values()].flatMap((near) => near?.older ?? []))]
  }

  #nearnessOf({ sid: { algorithm } }: Read): Nearness | undefined {
    return this.#near.get(algorithm) ?? this.#remember(algorithm)
  }

  #remember(algorithm: number): Nearness | undefined {
    if (!this.#near.has(algorithm)) this.#near.set(algorithm, this.#nearness(algorithm))
    return this.#near.get(algorithm)
  }

  #nearness(algorithm: number): Nearness | undefined {
    const [older, newer] = this.#topologies(algorithm)
    if (older === undefined || newer === undefined || hasFreeLink(older) || hasFreeLink(newer)) return undefined
    const links = linksThat(this.graph, older, newer, true)
    return links && Nearness.between(older, newer, links, this.#ids)
  }

  /** By algorithm the links whose cost is another; without those for which that does not tell everything. */
  get costs(): ReadonlyMap<number, LinkChange> {
    const costs = new Map<number, LinkChange>()
    for (const algorithm of this.algorithms) {
      const [older, newer] = this.#topologies(algorithm)
      if (older === undefined || newer === undefined || hasFreeLink(older) || hasFreeLink(newer)) continue
      const links = linksThat(this.graph, older, newer, false)
      if (links !== undefined) costs.set(algorithm, links)
    }
    return costs
  }

  /** Who can be reached from where is as it was, whatever fails. */
  get isSameShape(): boolean {
    this.#isSameShape ??= [...this.algorithms].every((algorithm) => {
      const [older, newer] = this.#topologies(algorithm)
      return older !== undefined && newer !== undefined && hasSameLinks(older, newer, this.graph)
    })
    return this.#isSameShape
  }

  #topologies(algorithm: number): [AlgorithmTopology | undefined, AlgorithmTopology | undefined] {
    return [this.before.topology(algorithm), this.now.topology(algorithm)]
  }
}

/** Undefined where other nodes take part, or too much changed. `alsoTold`: links that only say something else, too. */
function linksThat(
  change: GraphChange,
  before: AlgorithmTopology,
  after: AlgorithmTopology,
  alsoTold: boolean,
): LinkChange | undefined {
  if (!hasSameMembers(before, after)) return undefined
  const older = new Set<number>()
  const newer = new Set<number>()
  change.numbers.forEach((now, old) => {
    const isSame = now >= 0 && before.weights[old] === after.weights[now]
    if (isSame && !(alsoTold && change.older.has(old))) return
    older.add(old)
    if (now >= 0) newer.add(now)
  })
  const kept = new Set(change.numbers)
  for (const link of change.newer) if (alsoTold || !kept.has(link)) newer.add(link)
  return older.size + newer.size > MOST_CHANGES ? undefined : { older, newer }
}

function hasSameLinks(before: AlgorithmTopology, after: AlgorithmTopology, { numbers }: GraphChange): boolean {
  if (before.weights.length !== after.weights.length || !hasSameMembers(before, after)) return false
  return numbers.every(
    (link, number) => link >= 0 && Number.isFinite(before.weights[number]) === Number.isFinite(after.weights[link]),
  )
}

function hasSameMembers(before: AlgorithmTopology, after: AlgorithmTopology): boolean {
  return before.member.every((member, node) => member === after.member[node])
}
