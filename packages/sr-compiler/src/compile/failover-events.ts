import { failureOf, type Graph, linkAt, nodeAt, nodeName, type Outage, type TraceHop } from '@segchain/path-engine'
import type { Steered } from './steered.js'

/** A single failure, and the chains that can notice it. */
export interface FailoverEvent {
  readonly text: string
  readonly outage: Outage
  readonly chains: readonly Steered[]
}

/**
 * The single failures that touch the packets of a chain: every link, router and instance on one of its
 * equal-cost branches. Another failure cannot move it: what no branch uses can only make other ways
 * dearer. Chains share events, in the order of the event's key,
 * which is made of the ids that the topology gives.
 */
export function failoverEvents(graph: Graph, steered: readonly Steered[]): FailoverEvent[] {
  const events = new Map<string, { text: string; outage: Outage; chains: Steered[] }>()
  for (const one of steered) {
    const seen = new Set<string>()
    const notice = (key: string, make: () => { text: string; outage: Outage }): void => {
      if (seen.has(key)) return
      seen.add(key)
      const known = events.get(key)
      if (known === undefined) events.set(key, { ...make(), chains: [one] })
      else known.chains.push(one)
    }
    for (const hop of one.chosen.trace.hops) {
      for (const link of linksOf(graph, one.chosen.trace.hops, hop)) {
        const { links } = failureOf(graph, link, 'link')
        notice(`link ${linkAt(graph, Math.min(...links)).record.id}`, () => ({
          text: `link ${linkName(graph, link)} down`,
          outage: { links },
        }))
      }
      if (hop.node !== one.headend.node.index && hop.node !== one.endpoint) {
        const text = `node ${nodeName(nodeAt(graph, hop.node))} down`
        notice(`node ${nodeAt(graph, hop.node).id}`, () => ({ text, outage: { nodes: new Set([hop.node]) } }))
      }
      const { sid } = hop
      if (hop.action === 'service' && sid?.service !== undefined) {
        const text = `the instance of ${sid.service} on ${nodeName(nodeAt(graph, hop.node))} down`
        const outage = { members: [{ sid, node: hop.node }] }
        notice(`instance ${sid.service} ${sid.algorithm} ${nodeAt(graph, hop.node).id}`, () => ({ text, outage }))
      }
    }
  }
  return [...events.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event)
}

/** The links that a packet crosses from a hop; over a LAN there are two. */
function linksOf(graph: Graph, hops: readonly TraceHop[], hop: TraceHop): number[] {
  return hop.links.flatMap((link, i) => {
    if (link < 0) return []
    const lan = linkAt(graph, link).to
    const next = hops[hop.next[i] ?? -1]?.node
    if (!nodeAt(graph, lan).pseudonode) return [link]
    return [link, ...graph.links.filter((one) => one.from === lan && one.to === next).map((one) => one.index)]
  })
}

function linkName(graph: Graph, link: number): string {
  const { from, to, record } = linkAt(graph, link)
  const [a, b] = [from, to].sort((x, y) => x - y).map((node) => nodeName(nodeAt(graph, node)))
  const parallel = graph.links.filter((other) => other.from === from && other.to === to).length > 1
  return parallel ? `${a}-${b} (${record.localAddresses?.[0] ?? record.id})` : `${a}-${b}`
}
