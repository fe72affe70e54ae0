import type { Graph, Outage, Walk } from '@segchain/path-engine'
import { allCrossed } from '../compile/crossed-links.js'

/** What the packets of a walk depend on. */
interface Footprint {
  readonly links: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
  /** `service|node`. */
  readonly instances: ReadonlySet<string>
}

const known = new WeakMap<Walk, Footprint>()

/**
 * Can an outage move the packets of a walk? What none of their branches uses can only make other ways dearer: the shortest ones
 * stay, and so do the members of an anycast group that they end at.
 */
export function isTouched(graph: Graph, walk: Walk, { links, nodes, services, members }: Outage): boolean {
  const own = known.get(walk) ?? footprintOf(graph, walk)
  known.set(walk, own)
  const instances = [
    ...(services ?? []).map(({ service, node }) => `${service}|${node}`),
    ...(members ?? []).map(({ sid, node }) => `${sid.service}|${node}`),
  ]
  return (
    instances.some((instance) => own.instances.has(instance)) ||
    [...(links ?? [])].some((link) => own.links.has(link)) ||
    [...(nodes ?? [])].some((node) => own.nodes.has(node))
  )
}

function footprintOf(graph: Graph, walk: Walk): Footprint {
  const { hops } = walk
  return {
    links: new Set(allCrossed(graph, walk)),
    nodes: new Set(hops.map((hop) => hop.node)),
    instances: new Set(
      hops.flatMap(({ action, sid, node }) => (action === 'service' ? [`${sid?.service}|${node}`] : [])),
    ),
  }
}
