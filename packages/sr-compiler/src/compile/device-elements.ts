import { type Graph, type LabelNetwork, nodeName } from '@segchain/path-engine'
import type { FlexAlgoElement, PlanElement, PlanIgp, ProxyBehavior, Reason } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import { referenceOf } from '../intents/intent.js'
import type { PlannedAlgorithm } from './algorithms.js'
import { WITHOUT_SRLB } from './dialect-limits.js'
import type { ManagedNode } from './nodes.js'
import type { PlannedSid } from './planned-sids.js'
import type { PlacedInstance } from './services.js'
import { STEPS } from './steps.js'

/** Flex-Algo participation, and the definition where the device advertises it. */
export function flexAlgoElements(planned: readonly PlannedAlgorithm[], intents: IntentSet): FlexAlgoElement[] {
  const names = new Map(Object.entries(intents.network?.spec.affinities ?? {}).map(([name, bit]) => [bit, name]))
  const affinities = (bits: readonly number[]) => bits.map((bit) => ({ name: names.get(bit) ?? `bit-${bit}`, bit }))
  return planned.flatMap(({ intent, definition, nodes, advertisers }) => {
    const { algorithm } = intent.spec
    const advertising = new Set(advertisers)
    const everybody = [...new Set([...nodes, ...advertisers])]
    return everybody.map((at): FlexAlgoElement => {
      const advertises = advertising.has(at)
      return {
        kind: 'flex-algo',
        id: `flex-algo:${at.device.name}:${algorithm}`,
        device: at.device.name,
        step: STEPS.flexAlgo,
        reason: {
          text: `${nodeName(at.node)} takes part in algorithm ${algorithm}${advertises ? ' and advertises its definition' : ''}`,
          intents: [referenceOf(intent)],
        },
        algorithm,
        ...(advertises
          ? {
              definition: {
                metricType: definition.metricType,
                calculationType: 0,
                priority: definition.priority,
                excludeAny: affinities(definition.excludeAny),
                includeAny: affinities(definition.includeAny),
                includeAll: affinities(definition.includeAll),
                excludeSrlgs: [...definition.excludeSrlgs],
                prefixMetric: definition.prefixMetric,
              },
            }
          : {}),
      }
    })
  })
}

/** By SIDs, which come with the intents and the label blocks that they are for, and are never changed. */
const known = new WeakMap<readonly PlannedSid[], readonly PlanElement[]>()

/** Loopbacks and prefix-SIDs. */
export function sidElements(
  planned: readonly PlannedSid[],
  network: LabelNetwork,
  intents: IntentSet,
): readonly PlanElement[] {
  let elements = known.get(planned)
  if (elements === undefined) {
    elements = planned.flatMap((sid) => sid.members.flatMap((at) => elementsOfSid(sid, at, network, intents)))
    known.set(planned, elements)
  }
  return elements
}

function elementsOfSid(sid: PlannedSid, at: ManagedNode, network: LabelNetwork, intents: IntentSet): PlanElement[] {
  const { allocation, service, entry } = sid
  const device = at.device.name
  const label = network.labelAt(at.node.index, entry)
  if (label === undefined) return []
  const intent = service === undefined ? undefined : intents.services.get(service)
  const flexAlgo = intents.flexAlgos.find((candidate) => candidate.spec.algorithm === allocation.algorithm)
  const what =
    service === undefined
      ? `the node-SID of ${nodeName(at.node)} in algorithm ${allocation.algorithm}`
      : `the anycast SID of ${service} in algorithm ${allocation.algorithm}, on ${sid.members.length} node(s)`
  const reason: Reason = {
    text: what,
    intents: [intent, flexAlgo].filter((found) => found !== undefined).map(referenceOf),
  }
  const name = service === undefined ? {} : { service }
  return [
    {
      kind: 'loopback',
      id: `loopback:${device}:${allocation.prefix}`,
      device,
      step: STEPS.loopback,
      reason,
      prefix: allocation.prefix,
      number: allocation.loopback,
      ...name,
    },
    {
      kind: 'prefix-sid',
      id: `prefix-sid:${device}:${allocation.prefix}:${allocation.algorithm}`,
      device,
      step: STEPS.prefixSid,
      reason,
      prefix: allocation.prefix,
      algorithm: allocation.algorithm,
      index: allocation.index,
      label,
      lastHopBehavior: entry.members.find(({ node }) => node === at.node.index)?.lastHop ?? 'no-php',
      nodeFlag: service === undefined,
      anycast: service !== undefined,
      ...name,
    },
  ]
}

/** As {@link known}, of entries that know no stack. */
const plainEntries = new WeakMap<readonly PlannedSid[], readonly PlanElement[]>()

/** What proxies and switches do with the labels of their services. @param statics by service, for End.AS */
export function serviceEntries(
  placed: readonly PlacedInstance[],
  planned: readonly PlannedSid[],
  network: LabelNetwork,
  statics: ReadonlyMap<string, readonly number[]>,
): readonly PlanElement[] {
  const entries =
    (statics.size === 0 ? plainEntries.get(planned) : undefined) ?? entriesOf(placed, planned, network, statics)
  if (statics.size === 0) plainEntries.set(planned, entries)
  return entries
}

function entriesOf(
  placed: readonly PlacedInstance[],
  planned: readonly PlannedSid[],
  network: LabelNetwork,
  statics: ReadonlyMap<string, readonly number[]>,
): PlanElement[] {
  const ofService = new Map<string | undefined, PlannedSid[]>()
  for (const sid of planned) ofService.set(sid.service, [...(ofService.get(sid.service) ?? []), sid])
  return placed.flatMap(({ service, instance, at, number }) =>
    (ofService.get(service.name) ?? []).flatMap((sid): PlanElement[] => {
      const label = network.labelAt(at.node.index, sid.entry)
      if (label === undefined) return []
      const line = service.source.at(['spec', 'instances', number]).line
      const device = at.device.name
      const common = {
        device,
        step: STEPS.serviceEntry,
        reason: {
          text: `label ${label} stands for ${service.name} in algorithm ${sid.allocation.algorithm}`,
          intents: [{ ...referenceOf(service), line }],
        },
        label,
        service: service.name,
        instance: instance.name,
      }
      if (service.spec.type === 'p4') {
        return [{ kind: 'switch-entry', id: `switch-entry:${device}:${label}`, ...common, module: instance.attachment }]
      }
      const behavior: ProxyBehavior =
        service.spec.type === 'sr-aware' ? 'none' : (service.spec.proxy?.behavior ?? 'End.AD')
      const { attachment } = instance
      const stack = statics.get(service.name)
      // No chain goes through it, so that nothing comes, and nobody could say what to put on.
      if (behavior === 'End.AS' && stack === undefined) return []
      const { model } = service.spec.proxy ?? {}
      return [
        {
          kind: 'proxy-entry',
          id: `proxy-entry:${device}:${label}`,
          ...common,
          behavior,
          attachment,
          ...(behavior === 'End.AS' && stack !== undefined ? { stack: [...stack] } : {}),
          ...(model === undefined ? {} : { model }),
        },
      ]
    }),
  )
}

/** Segment routing on every device that the plan gives something else to do. */
export function segmentRoutingElements(
  elements: readonly PlanElement[],
  managed: readonly ManagedNode[],
  network: LabelNetwork,
  intents: IntentSet,
): PlanElement[] {
  const igp = igpOf(network.graph)
  const used = new Set(elements.map((element) => element.device))
  return managed
    .filter((at) => used.has(at.device.name))
    .map((at) => {
      const device = at.device.name
      const advertised = at.node.srgb.length > 0
      const sayable = !WITHOUT_SRLB.has(at.device.spec.dialect ?? '')
      const srlb = sayable ? (at.node.record?.srlb ?? intents.network?.spec.srlb) : undefined
      return {
        kind: 'segment-routing',
        id: `segment-routing:${device}`,
        device,
        step: STEPS.segmentRouting,
        reason: {
          text: advertised ? 'the label blocks that it advertises' : 'it advertises no SRGB: the one of the network',
          intents: [referenceOf(at.device)],
        },
        srgb: [...network.blockOf(at.node.index)],
        ...(srlb === undefined || srlb.length === 0 ? {} : { srlb }),
        ...(igp === undefined ? {} : { igp }),
      }
    })
}

const IGPS: readonly PlanIgp['protocol'][] = ['isis-l1', 'isis-l2', 'ospfv2', 'ospfv3']

/** Which IGP the dialects have to speak of; undefined for a protocol that no dialect knows. */
function igpOf({ instance }: Graph): PlanIgp | undefined {
  const protocol = IGPS.find((known) => known === instance.protocol)
  if (protocol === undefined) return undefined
  return { protocol, ...(instance.areaId === undefined ? {} : { areaId: instance.areaId }) }
}
