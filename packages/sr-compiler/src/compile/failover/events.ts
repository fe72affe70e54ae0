import {
  failureOf,
  type Graph,
  linkAt,
  nodeAt,
  nodeName,
  type Outage,
  type Walk,
  type WalkHop,
} from '@segchain/path-engine'
import type { FailoverCase } from '@segchain/records'
import type { Ground, Subject } from './subject.js'

/** A single failure, and the chains that can notice it. */
export interface FailoverEvent<S> extends Pick<FailoverCase, 'failure' | 'down' | 'what'> {
  readonly outage: Outage
  readonly subjects: S[]
}

/**
 * The single failures that touch the packets of a chain: every link, router and instance on one of its
 * equal-cost branches. Another failure cannot move it: what no branch uses can only make other ways
 * dearer. Chains share events, in the order of the event's key,
 * which is made of the ids that the topology gives.
 */
export function failoverEvents<S extends Subject>(ground: Ground<S>, subjects: readonly S[]): FailoverEvent<S>[] {
  const { graph } = ground
  const names = new LinkNames(graph)
  const events = new Map<string, FailoverEvent<S>>()
  const failures = new Map<number, ReadonlySet<number>>()
  for (const subject of subjects) {
    const seen = new Set<string>()
    const notice = (key: string, make: () => Omit<FailoverEvent<S>, 'subjects'>): void => {
      if (seen.has(key)) return
      seen.add(key)
      const known = events.get(key)
      if (known === undefined) events.set(key, { ...make(), subjects: [subject] })
      else known.subjects.push(subject)
    }
    for (const hop of subject.walk.hops) {
      for (const link of linksOf(graph, subject.walk, hop)) {
        const links = failures.get(link) ?? failureOf(graph, link, 'link').links
        failures.set(link, links)
        // Of both directions the first, whoever notices it.
        const first = Math.min(...links)
        const down = linkAt(graph, first).record.id
        const make = () => ({ what: 'link' as const, down, failure: `link ${names.of(first)} down`, outage: { links } })
        notice(`link ${down}`, make)
      }
      const { id } = nodeAt(graph, hop.node)
      const name = nodeName(nodeAt(graph, hop.node))
      if (hop.node !== subject.headend.node.index && hop.node !== subject.endpoint) {
        const outage = { nodes: new Set([hop.node]) }
        notice(`node ${id}`, () => ({ what: 'node', down: id, failure: `node ${name} down`, outage }))
      }
      const service = hop.action === 'service' ? hop.sid?.service : undefined
      if (service !== undefined) {
        const failure = `the instance of ${service} on ${name} down`
        const make = () => ({
          what: 'instance' as const,
          down: id,
          failure,
          outage: ground.instanceDown(service, hop.node),
        })
        notice(`instance ${service} ${id}`, make)
      }
    }
  }
  return [...events.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event)
}

/** The links that a packet crosses from a hop; over a LAN there are two. */
function linksOf(graph: Graph, { hops }: Walk, hop: WalkHop): number[] {
  return hop.links.flatMap((link, i) => {
    if (link < 0) return []
    const lan = linkAt(graph, link).to
    const next = hops[hop.next[i] ?? -1]?.node
    if (!nodeAt(graph, lan).pseudonode) return [link]
    return [link, ...graph.links.filter((one) => one.from === lan && one.to === next).map((one) => one.index)]
  })
}

/** `r1-r2`, with an address where there are several between the same two. */
class LinkNames {
  readonly #graph: Graph
  readonly #between = new Map<string, number>()

  constructor(graph: Graph) {
    this.#graph = graph
    for (const { from, to } of graph.links) {
      const key = `${from}|${to}`
      this.#between.set(key, (this.#between.get(key) ?? 0) + 1)
    }
  }

  of(link: number): string {
    const { from, to, record } = linkAt(this.#graph, link)
    const [a, b] = [from, to].sort((x, y) => x - y).map((node) => nodeName(nodeAt(this.#graph, node)))
    const parallel = (this.#between.get(`${from}|${to}`) ?? 0) > 1
    return parallel ? `${a}-${b} (${record.localAddresses?.[0] ?? record.id})` : `${a}-${b}`
  }
}
