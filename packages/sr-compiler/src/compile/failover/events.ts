import { failureOf, linkAt, nodeAt, nodeName, type Outage } from '@segchain/path-engine'
import type { FailoverCase } from '@segchain/records'
import { endsOf } from '../again/graph-change.js'
import { crossedLinks } from '../crossed-links.js'
import { linkName } from '../link-names.js'
import type { SingleFailure } from './proof.js'
import type { Ground, Subject } from './subject.js'

/** A single failure, and the chains that can notice it. */
export interface FailoverEvent<S> extends SingleFailure {
  readonly subjects: S[]
}

/**
 * The single failures that touch the packets of a chain: every link, router and instance on one of its
 * equal-cost branches. Another failure cannot move it: what no branch uses can only make other ways
 * dearer. Chains share events, in the order of what is down, which is made of the ids that the topology gives.
 */
export function failoverEvents<S extends Subject>(ground: Ground<S>, subjects: readonly S[]): FailoverEvent<S>[] {
  const events = new Events(ground)
  for (const subject of subjects) {
    const { walk, headend, endpoint } = subject
    for (const hop of walk.hops) {
      for (const link of crossedLinks(ground.graph, walk.hops, hop)) notice(events.ofLink(link), subject)
      if (hop.node !== headend.node.index && hop.node !== endpoint) notice(events.ofNode(hop.node), subject)
      const service = hop.action === 'service' ? hop.sid?.service : undefined
      if (service !== undefined) notice(events.ofInstance(service, hop.node), subject)
    }
  }
  return events.inOrder()
}

function notice<S>({ subjects }: FailoverEvent<S>, subject: S): void {
  // Subjects come one after another.
  if (subjects.at(-1) !== subject) subjects.push(subject)
}

/** Each failure once. */
class Events<S extends Subject> {
  readonly #ground: Ground<S>
  readonly #links = new Map<number, FailoverEvent<S>>()
  /** By the first of the links that fail. */
  readonly #firsts = new Map<number, FailoverEvent<S>>()
  readonly #nodes = new Map<number, FailoverEvent<S>>()
  readonly #instances = new Map<string, Map<number, FailoverEvent<S>>>()
  readonly #all: { readonly order: string; readonly event: FailoverEvent<S> }[] = []

  constructor(ground: Ground<S>) {
    this.#ground = ground
  }

  ofLink(link: number): FailoverEvent<S> {
    return madeOnce(this.#links, link, () => {
      const { graph } = this.#ground
      const { links } = failureOf(graph, link, 'link')
      // Of both directions the first, whoever notices it.
      const first = Math.min(...links)
      const down = linkAt(graph, first).record.id
      const failure = () => `link ${linkName(graph, first)} down`
      return madeOnce(this.#firsts, first, () => this.#add('link', `link ${down}`, down, failure(), { links }))
    })
  }

  ofNode(node: number): FailoverEvent<S> {
    return madeOnce(this.#nodes, node, () => {
      const one = nodeAt(this.#ground.graph, node)
      return this.#add('node', `node ${one.id}`, one.id, `node ${nodeName(one)} down`, { nodes: new Set([node]) })
    })
  }

  ofInstance(service: string, node: number): FailoverEvent<S> {
    const nodes = madeOnce(this.#instances, service, () => new Map<number, FailoverEvent<S>>())
    return madeOnce(nodes, node, () => {
      const one = nodeAt(this.#ground.graph, node)
      const failure = `the instance of ${service} on ${nodeName(one)} down`
      const outage = this.#ground.instanceDown(service, node)
      return this.#add('instance', `instance ${service} ${one.id}`, one.id, failure, outage)
    })
  }

  #add(what: FailoverCase['what'], order: string, down: string, failure: string, outage: Outage): FailoverEvent<S> {
    const { graph, ids } = this.#ground
    const numbers = [...(outage.links ?? [])]
    const ends = numbers.map((link) => endsOf(linkAt(graph, link)))
    const about = { key: `${what} ${down} ${failure}`, what, down, failure, outage, ends }
    const event = { ...about, links: ids?.idsOf(numbers) ?? numbers, subjects: [] }
    this.#all.push({ order, event })
    return event
  }

  inOrder(): FailoverEvent<S>[] {
    return this.#all.sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ event }) => event)
  }
}

function madeOnce<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
