import { formatIpv6, formatIpv6Prefix, type Graph, nodeAt, nodeName } from '@segchain/path-engine'
import type { PlanElement, Srv6CandidatePath, Srv6HopRecord, Srv6Segment, Srv6SegmentList } from '@segchain/records'
import { type IntentSet, referenceOf } from '../../intents/intent.js'
import { alternativesOf } from '../load/alternatives.js'
import { steeringElement } from '../policies.js'
import { byPolicy, policyElementFields, rankCandidates } from '../policy-group.js'
import type { Problems } from '../problems.js'
import type { PlacedInstance } from '../services.js'
import { preferenceOf } from '../steered.js'
import { STEPS } from '../steps.js'
import { type PlannedLocator, serviceBehaviorName } from './planned-locators.js'
import type { SteeredSrv6 } from './steered-srv6.js'

/** Locators, and the SIDs of services in them. */
export function locatorElements(
  planned: readonly PlannedLocator[],
  placed: readonly PlacedInstance[],
  intents: IntentSet,
): PlanElement[] {
  return planned.flatMap((one) => [...locatorsOf(one, intents), ...serviceSidsOf(one, placed)])
}

function locatorsOf({ allocation, demand, plan, members, structure, locator }: PlannedLocator, intents: IntentSet) {
  const { algorithm, service } = demand
  const intent = service === undefined ? undefined : intents.services.get(service)
  const flexAlgo = intents.flexAlgos.find((candidate) => candidate.spec.algorithm === algorithm)
  return members.map(
    (at): PlanElement => ({
      kind: 'srv6-locator',
      id: `srv6-locator:${at.device.name}:${allocation.locator}`,
      device: at.device.name,
      step: STEPS.prefixSid,
      reason: {
        text:
          service === undefined
            ? `chains of algorithm ${algorithm} end on ${nodeName(at.node)} or pass it: its own locator`
            : `the anycast locator of ${service} in algorithm ${algorithm}, on ${members.length} node(s)`,
        intents: [intent ?? at.device, flexAlgo].filter((found) => found !== undefined).map(referenceOf),
      },
      prefix: formatIpv6Prefix(locator.prefix),
      algorithm,
      csid: plan.csid,
      structure,
      anycast: service !== undefined && members.length > 1,
      ...(service === undefined ? {} : { service }),
    }),
  )
}

function serviceSidsOf({ demand, plan, structure, sids }: PlannedLocator, placed: readonly PlacedInstance[]) {
  const { algorithm } = demand
  return placed
    .filter(({ service }) => service.name === demand.service)
    .flatMap(({ service, instance, at, number }): PlanElement[] => {
      const sid = sids.find(({ node }) => node === at.node.index)
      if (sid === undefined) return []
      const text = formatIpv6(sid.sid)
      const { line } = service.source.at(['spec', 'instances', number])
      return [
        {
          kind: 'srv6-service-sid',
          id: `srv6-service-sid:${at.device.name}:${text}`,
          device: at.device.name,
          step: STEPS.serviceEntry,
          reason: {
            text: `${text} stands for ${service.name} in algorithm ${algorithm}`,
            intents: [{ ...referenceOf(service), line }],
          },
          sid: text,
          algorithm,
          structure,
          behavior: serviceBehaviorName(service.spec),
          csid: plan.csid,
          service: service.name,
          instance: instance.name,
          attachment: instance.attachment,
        },
      ]
    })
}

/** Policies of the headends, and what traffic takes them. */
export function srv6PolicyElements(steered: readonly SteeredSrv6[], graph: Graph, problems: Problems): PlanElement[] {
  const policies = [...byPolicy(steered)].map(([key, group]) => policyOf(key, group, graph, problems))
  return [...policies, ...steered.map(steeringElement)]
}

function policyOf(key: string, group: readonly SteeredSrv6[], graph: Graph, problems: Problems): PlanElement {
  const ranked = rankCandidates(group, problems)
  const best = ranked[0] as SteeredSrv6
  return {
    kind: 'srv6-policy',
    id: `srv6-policy:${key}`,
    ...policyElementFields(group, best, best.chosen.cost),
    encapsulation: best.encapsulation,
    candidatePaths: ranked.map((one) => candidatePath(one, graph)),
    rejected: ranked.flatMap((one) => [...one.chosen.rejected]),
  }
}

/** The segments of a chain, a reason for each SID. */
export function srv6SegmentsOf({ chosen }: SteeredSrv6, graph: Graph): Srv6Segment[] {
  const names = (nodes: readonly number[], word: string): string =>
    nodes.map((node) => nodeName(nodeAt(graph, node))).join(` ${word} `)
  return chosen.stops.map(({ locator, sid, ends }, i): Srv6Segment => {
    const carrier = chosen.carriers.findIndex((one) => one.sids.includes(i))
    const members = locator.members.map(({ node }) => node)
    const place =
      chosen.carriers[carrier]?.sids.length === 1
        ? 'an entry of its own'
        : `place ${(chosen.carriers[carrier]?.sids.indexOf(i) ?? 0) + 1} in carrier ${carrier + 1}`
    const prefix = formatIpv6Prefix(locator.prefix)
    return {
      sid: formatIpv6(sid.sid),
      behavior: sid.behavior.name,
      algorithm: sid.algorithm,
      ...(sid.structure === undefined ? {} : { structure: sid.structure }),
      nodes: members.map((node) => nodeAt(graph, node).id),
      ...(sid.service === undefined ? {} : { service: sid.service }),
      carrier,
      reason:
        sid.link !== undefined
          ? `the link ${nodeName(nodeAt(graph, sid.node))}-${names(ends, 'and')}, by the End.X SID of ${nodeName(nodeAt(graph, sid.node))}, in its locator ${prefix} of algorithm ${sid.algorithm}: ${place}`
          : sid.service === undefined
            ? `${names(members, 'or')} by its locator ${prefix} of algorithm ${sid.algorithm}: ${place}`
            : `${sid.service} on ${names(members, 'or')}, from here on ${names(ends, 'and')}, by its anycast locator ${prefix} of algorithm ${sid.algorithm}: ${place}`,
    }
  })
}

function candidatePath(one: SteeredSrv6, graph: Graph): Srv6CandidatePath {
  return {
    name: one.chain.name,
    preference: preferenceOf(one),
    segmentLists: alternativesOf(one).map((list) => segmentList(list, list.weight, graph)),
  }
}

function segmentList(one: SteeredSrv6, weight: number, graph: Graph): Srv6SegmentList {
  const { carriers, cost, delayUs, trace } = one.chosen
  return {
    weight,
    segments: srv6SegmentsOf(one, graph),
    carriers: carriers.map((carrier) => formatIpv6(carrier.address)),
    cost,
    ...(delayUs === undefined ? {} : { delayUs }),
    hops: trace.hops.map(
      (hop, i): Srv6HopRecord => ({
        position: hop.position,
        node: nodeAt(graph, hop.node).id,
        name: nodeName(nodeAt(graph, hop.node)),
        destination: formatIpv6(hop.packet.destination),
        ...(hop.packet.header === undefined ? {} : { segmentsLeft: hop.packet.header.segmentsLeft }),
        action: i === 0 && hop.action === 'forward' ? 'encapsulate' : hop.action,
      }),
    ),
  }
}
