import {
  type LabelNetwork,
  nodeAt,
  nodeName,
  type Outage,
  trace,
  whyNotInOrder,
  worstDelayUs,
} from '@segchain/path-engine'
import type { ImpactRecord } from '@segchain/records'
import { pushedLabels } from '../compile/choose-chain.js'
import { alternativesOf } from '../compile/load/alternatives.js'
import type { Model } from '../compile/model.js'
import { policyKey, type Steered } from '../compile/steered.js'
import { impactRecord, inList, nodesOf } from './impact-record.js'
import { srv6ImpactOf } from './impact-srv6.js'

/** Something that may happen to the network. */
export interface Event {
  readonly text: string
  readonly outage: Outage
}

/** What an outage does to every policy: the stacks stay as they are, the network converges. */
export function impactOf(model: Model, event: Event): ImpactRecord[] {
  const after = model.network.without(event.outage)
  return [
    ...model.steered.flatMap((one) =>
      alternativesOf(one).map((list, i) => inList(compare(model, list, after, event.text), i)),
    ),
    ...srv6ImpactOf(model, event.outage, event.text),
  ]
}

/** The same stack in two networks, told apart by the way that the packets take. */
export function compare(
  model: Model,
  one: Steered,
  after: LabelNetwork,
  event: string,
  afterModel: Model = model,
): ImpactRecord {
  const labels = pushedLabels(one.chosen)
  const old = one.chosen.trace
  const start = afterModel.graph.indexOfNode.get(one.headend.node.id)
  const end = afterModel.graph.indexOfNode.get(nodeAt(model.graph, one.endpoint).id)
  const now = start === undefined ? undefined : trace(after, start, labels)
  const why =
    now === undefined || end === undefined
      ? 'its headend or endpoint is gone'
      : whyNotInOrder(now, one.chosen.services, end)
  const nodesBefore = nodesOf(model, old)
  const nodesAfter = now === undefined ? [] : nodesOf(afterModel, now)
  const delayUsBefore = worstDelayUs(model.network, old)
  const delayUsAfter = now === undefined ? undefined : worstDelayUs(after, now)
  return impactRecord({
    event,
    policy: `sr-policy:${policyKey(one)}`,
    why,
    nodesBefore,
    nodesAfter,
    delayUsBefore,
    delayUsAfter,
  })
}

/** Every single failure: each link (both directions), each router, each instance of a service. */
export function singleFailures(model: Model): Event[] {
  const { graph, planned, placed } = model
  const links = new Map<string, Set<number>>()
  for (const { index, from, to } of graph.links) {
    const [a, b] = [from, to].sort((x, y) => x - y).map((node) => nodeName(nodeAt(graph, node)))
    const key = `${a}-${b}`
    links.set(key, (links.get(key) ?? new Set()).add(index))
  }
  const instances = placed.map(({ service, instance, at }) => ({
    text: `instance ${instance.name} of ${service.name} down`,
    outage: {
      services: [{ service: service.name, node: at.node.index }],
      members: planned
        .filter((sid) => sid.service === service.name)
        .map((sid) => ({ sid: sid.entry, node: at.node.index })),
    },
  }))
  return [
    ...[...links].map(([name, set]) => ({ text: `link ${name} down`, outage: { links: set } })),
    ...graph.nodes
      .filter((node) => !node.pseudonode)
      .map((node) => ({ text: `node ${nodeName(node)} down`, outage: { nodes: new Set([node.index]) } })),
    ...srlgs(model),
    ...instances,
  ]
}

function srlgs({ graph }: Model): Event[] {
  const groups = new Map<number, Set<number>>()
  for (const { index, record } of graph.links) {
    for (const srlg of record.srlgs ?? []) groups.set(srlg, (groups.get(srlg) ?? new Set()).add(index))
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([srlg, links]) => ({ text: `SRLG ${srlg} down`, outage: { links } }))
}
