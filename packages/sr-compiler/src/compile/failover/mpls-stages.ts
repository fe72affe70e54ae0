import { hasFreeLink, type LabelNetwork, type Outage, type PrefixSidEntry } from '@segchain/path-engine'
import { LinkIds } from '../again/link-ids.js'
import type { Read } from '../again/reads.js'
import type { Steered } from '../steered.js'
import { Detours } from './detour.js'
import { followSegments } from './follow-segments.js'
import { StageCache } from './stage-cache.js'
import { type Stage, stageFrom, type Way } from './stages.js'
import type { Visit } from './subject.js'

/**
 * Where every router has the same label block and nothing else claims the labels of a chain, its packets visit
 * what its segments say: it is enough to follow the segments, and after a failure only those that it touches.
 * Everything else is walked label by label (`trace`).
 */
export class MplsStages {
  readonly #network: LabelNetwork
  readonly #ids: LinkIds
  readonly #isUniform: boolean
  readonly #claimed: ReadonlySet<number>
  readonly #stages: StageCache<Stage>
  /** From where packets come only after a failure. */
  readonly #others = new StageCache<Stage>()
  readonly #detours: Detours
  /** By algorithm: does every link cost something, but for those that leave a LAN? */
  readonly #positive = new Map<number, boolean>()
  readonly #covered = new Map<Steered, boolean>()

  /** `stages`: those of the network that are known already; it takes in the others. */
  constructor(network: LabelNetwork, ids = LinkIds.of(network.graph), stages = new StageCache<Stage>()) {
    this.#ids = ids
    this.#stages = stages
    this.#network = network
    const { graph, localLabels, bindings } = network
    this.#detours = new Detours(graph, ids)
    const blocks = new Set(
      graph.nodes.filter((node) => !node.pseudonode).map(({ index }) => JSON.stringify(network.blockOf(index))),
    )
    this.#isUniform = graph.joined === undefined && blocks.size === 1
    this.#claimed = new Set([...localLabels, ...bindings].map(({ label }) => label))
  }

  /** The same of one that was covered in an earlier network of the same segments and blocks. */
  coversStill({ chosen }: Steered): boolean {
    return this.#isUniform && chosen.stack.entries.every(({ label }) => !this.#claimed.has(label))
  }

  /** May the chain be followed by its segments? `wasCovered`: in an earlier network of the same segments and blocks. */
  covers(one: Steered, wasCovered = false): boolean {
    const known = this.#covered.get(one) ?? (wasCovered ? this.coversStill(one) : this.#isPlain(one))
    this.#covered.set(one, known)
    return known
  }

  #isPlain({ chosen, endpoint }: Steered): boolean {
    const { entries } = chosen.stack
    const last = entries.at(-1)
    if (!this.#isUniform || chosen.pieces.length !== 1 || last === undefined) return false
    const isPlain = entries.every(
      ({ sid, label, adjacency, ends }) =>
        adjacency === undefined &&
        !this.#claimed.has(label) &&
        ends.every((node) => this.#network.sidAt(node, label) === sid) &&
        sid.members.every(({ leaks }) => leaks !== true) &&
        (sid.service === undefined || sid.members.every(({ lastHop }) => lastHop === 'no-php')),
    )
    const services = entries.slice(0, -1).map(({ sid }) => sid.service)
    return (
      isPlain &&
      last.sid.service === undefined &&
      last.sid.members.every(({ node }) => node === endpoint) &&
      services.length === chosen.services.length &&
      services.every((service, i) => service === chosen.services[i])
    )
  }

  #before(sid: PrefixSidEntry, from: number, isOwn: boolean): Stage | undefined {
    const stages = isOwn ? this.#stages : this.#others
    return stages.get(sid, from, () => this.#anew(this.#network, sid, from))
  }

  #anew(network: LabelNetwork, sid: PrefixSidEntry, from: number): Stage | undefined {
    const routes = network.routes(sid)
    return routes === undefined ? undefined : stageFrom(network.graph, routes, sid, from, this.#ids)
  }

  /** Do the distances of before tell how near an end can be after a failure? */
  #isSimple(sid: PrefixSidEntry): boolean {
    const { algorithm, members } = sid
    const topology = this.#network.topology(algorithm)
    const known = this.#positive.get(algorithm) ?? (topology !== undefined && !hasFreeLink(topology))
    this.#positive.set(algorithm, known)
    return known && members.every(({ cost }) => cost === 0)
  }

  /** What a failure does; `after` is asked only for what it touches. */
  aftermath(outage: Outage, after: () => LabelNetwork): (one: Steered, reads: Read[]) => Visit | undefined {
    const { links = NONE, nodes = NONE, members = NO_MEMBERS } = outage
    const changed = new StageCache<Way>()
    const wayAfter = (sid: PrefixSidEntry, from: number): Way | undefined => {
      const routes = this.#network.routes(sid)
      if (routes === undefined) return undefined
      const down = members.filter((one) => one.sid === sid)
      if (!this.#isSimple(sid)) {
        const way = this.#anew(after(), down.length > 0 ? after().sidOf(sid) : sid, from)
        return way && { ...way, sid }
      }
      const isLeft = (node: number) => !nodes.has(node) && down.every((one) => one.node !== node)
      return this.#detours.from(routes, sid, from, { links, nodes }, [...routes.sinks.keys()].filter(isLeft))
    }
    const isHit = (before: Stage | undefined, sid: PrefixSidEntry): boolean =>
      before === undefined ||
      hasAny(links, before.linkSet) ||
      hasAny(nodes, before.nodeSet) ||
      members.some((one) => one.sid === sid)
    return (one, reads) =>
      followSegments(one, (sid, from, isOwn) => {
        const before = this.#before(sid, from, isOwn)
        if (!isHit(before, sid)) {
          if (before !== undefined && !isOwn) reads.push(before)
          return before
        }
        const way = changed.get(sid, from, () => wayAfter(sid, from))
        if (way !== undefined) reads.push(way)
        return way
      })
  }
}

const NONE: ReadonlySet<number> = new Set()
const NO_MEMBERS: NonNullable<Outage['members']> = []

function hasAny(few: ReadonlySet<number>, many: ReadonlySet<number>): boolean {
  for (const one of few) if (many.has(one)) return true
  return false
}
