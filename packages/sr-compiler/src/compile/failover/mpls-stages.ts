import type { LabelNetwork, Outage, PrefixSidEntry } from '@segchain/path-engine'
import type { Steered } from '../steered.js'
import { detourFrom } from './detour.js'
import { type Stage, stageFrom } from './stages.js'
import type { Visit } from './subject.js'

/** Is told what was looked at beyond the chain's own ways: a segment, from where, and how far it was. */
export type Noticed = (sid: PrefixSidEntry, from: number, distance: number) => void

/**
 * Where every router has the same label block and nothing else claims the labels of a chain, its packets visit
 * what its segments say: it is enough to follow the segments, and after a failure only those that it touches.
 * Everything else is walked label by label (`trace`).
 */
export class MplsStages {
  readonly #network: LabelNetwork
  readonly #isUniform: boolean
  readonly #claimed: ReadonlySet<number>
  readonly #stages = new StageCache()
  /** By algorithm: does every link cost something? */
  readonly #positive = new Map<number, boolean>()
  readonly #covered = new Map<Steered, boolean>()

  constructor(network: LabelNetwork) {
    this.#network = network
    const { graph, localLabels, bindings } = network
    const blocks = new Set(
      graph.nodes.filter((node) => !node.pseudonode).map(({ index }) => JSON.stringify(network.blockOf(index))),
    )
    this.#isUniform = graph.joined === undefined && blocks.size === 1
    this.#claimed = new Set([...localLabels, ...bindings].map(({ label }) => label))
  }

  /** May the chain be followed by its segments? */
  covers(one: Steered): boolean {
    const known = this.#covered.get(one) ?? this.#isPlain(one)
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

  #before(sid: PrefixSidEntry, from: number): Stage | undefined {
    return this.#anew(this.#network, sid, from)
  }

  #anew(network: LabelNetwork, sid: PrefixSidEntry, from: number): Stage | undefined {
    const routes = network.routes(sid)
    return routes === undefined ? undefined : stageFrom(network.graph, routes, from)
  }

  /** Do the distances of before tell how near an end can be after a failure? */
  #isSimple(sid: PrefixSidEntry): boolean {
    const { algorithm, members } = sid
    const known = this.#positive.get(algorithm) ?? this.#network.topology(algorithm)?.weights.includes(0) === false
    this.#positive.set(algorithm, known)
    return known && members.every(({ cost }) => cost === 0)
  }

  /** What a failure does; `after` is asked only for what it touches. */
  aftermath(outage: Outage, after: () => LabelNetwork): (one: Steered, noticed: Noticed) => Visit | undefined {
    const { links = NONE, nodes = NONE, members = [] } = outage
    const removed = new Set(members.map(({ sid }) => sid))
    const changed = new StageCache()
    const stage = (sid: PrefixSidEntry, from: number): Way | undefined => {
      const before = this.#stages.get(sid, from, () => this.#before(sid, from))
      const isHit = before === undefined || some(links, before.links) || some(nodes, before.nodes)
      if (!isHit && !removed.has(sid)) return { stage: before, isNew: false }
      const now = changed.get(sid, from, () => {
        const routes = this.#network.routes(sid)
        if (routes === undefined) return undefined
        if (!this.#isSimple(sid)) return this.#anew(after(), removed.has(sid) ? after().sidOf(sid) : sid, from)
        const down = members.filter((one) => one.sid === sid)
        const isLeft = (node: number) => !nodes.has(node) && down.every((one) => one.node !== node)
        const left = new Map([...routes.sinks].filter(([node]) => isLeft(node)))
        return detourFrom(this.#network.graph, routes, from, { links, nodes }, left)
      })
      return now && { stage: now, isNew: true }
    }
    return (one, noticed) => follow(one, stage, noticed)
  }
}

interface Way {
  readonly stage: Stage
  /** Not that of before the failure. */
  readonly isNew: boolean
}

const NONE: ReadonlySet<number> = new Set()

/** Undefined where a segment cannot be reached: what happens then is for the walk of labels to say. */
function follow(
  { headend, chosen }: Steered,
  stage: (sid: PrefixSidEntry, from: number) => Way | undefined,
  noticed: Noticed,
): Visit | undefined {
  const served = new Map<string, Set<number>>()
  let places = new Map([[headend.node.index, 0]])
  let own: readonly number[] = [headend.node.index]
  for (const { sid, ends } of chosen.stack.entries) {
    const next = new Map<number, number>()
    for (const [place, delay] of places) {
      const way = stage(sid, place)
      if (way === undefined || way.stage.delays.size === 0) return undefined
      // Its own label does not come to a router that asked its neighbours to pop it (`forward`).
      if (way.stage.delays.has(place) && sid.members.some((one) => one.node === place && one.lastHop !== 'no-php'))
        return undefined
      if (way.isNew || !own.includes(place)) noticed(sid, place, way.stage.distance)
      for (const [end, more] of way.stage.delays) {
        const known = next.get(end)
        next.set(end, known === undefined ? delay + more : Math.max(known, delay + more))
      }
    }
    if (sid.service !== undefined)
      served.set(sid.service, new Set([...(served.get(sid.service) ?? []), ...next.keys()]))
    places = next
    own = ends
  }
  const delayUs = Math.max(...places.values())
  return { served, ...(Number.isNaN(delayUs) ? {} : { delayUs }) }
}

/** Stages by segment and node, each computed once. */
class StageCache {
  readonly #stages = new Map<PrefixSidEntry, Map<number, Stage>>()

  get(sid: PrefixSidEntry, from: number, make: () => Stage | undefined): Stage | undefined {
    const own = this.#stages.get(sid) ?? new Map<number, Stage>()
    const known = own.get(from)
    if (known !== undefined) return known
    const stage = make()
    if (stage !== undefined) own.set(from, stage)
    this.#stages.set(sid, own)
    return stage
  }
}

function some(few: ReadonlySet<number>, many: ReadonlySet<number>): boolean {
  for (const one of few) if (many.has(one)) return true
  return false
}
