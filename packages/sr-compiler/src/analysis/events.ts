import { bothDirections, type Graph, type GraphNode, nodeName, type Outage, sharedRisks } from '@segchain/path-engine'
import { linkName } from '../compile/link-names.js'
import type { Model } from '../compile/model.js'
import type { PlacedInstance } from '../compile/services.js'

/** Something that may happen to the network. */
export interface Event {
  readonly text: string
  readonly outage: Outage
}

/** Every single failure: each link (both directions), each router, each SRLG, each instance of a service. */
export function singleFailures(model: Model): Event[] {
  const { graph, placed } = model
  const links = new Map<number, Set<number>>()
  bothDirections(graph).forEach((first, link) => {
    links.set(first, (links.get(first) ?? new Set()).add(link))
  })
  return [
    ...[...links].map(([first, both]) => linkDown(both, linkName(graph, first))),
    ...graph.nodes.filter((node) => !node.pseudonode).map((node) => nodeDown(node)),
    ...[...sharedRisks(graph).keys()].flatMap((srlg) => srlgDown(graph, srlg) ?? []),
    ...placed.map((one) => instanceDown(model, one)),
  ]
}

export function linkDown(links: ReadonlySet<number>, name: string): Event {
  return { text: `link ${name} down`, outage: { links } }
}

export function nodeDown(node: GraphNode): Event {
  return { text: `node ${nodeName(node)} down`, outage: { nodes: new Set([node.index]) } }
}

export function srlgDown(graph: Graph, srlg: number): Event | undefined {
  const links = sharedRisks(graph).get(srlg)
  return links === undefined ? undefined : { text: `SRLG ${srlg} down`, outage: { links } }
}

export function instanceDown({ planned }: Model, { service, instance, at }: PlacedInstance): Event {
  const node = at.node.index
  const sids = planned.filter((sid) => sid.service === service.name)
  return {
    text: `instance ${instance.name} of ${service.name} down`,
    outage: {
      services: [{ service: service.name, node }],
      members: sids.map(({ entry }) => ({ sid: entry, node })),
    },
  }
}
