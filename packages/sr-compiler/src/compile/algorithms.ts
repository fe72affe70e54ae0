import {
  type AdvertisedDefinition,
  type AlgorithmTopology,
  advertisedDefinitions,
  attributeSourceOf,
  type Definition,
  type Electorate,
  electDefinition,
  electedTopology,
  type Graph,
  igpTopology,
  METRIC_TYPES,
  nodeAt,
  nodeName,
  recordOf,
  strictTopology,
  whyUnsupported,
} from '@segchain/path-engine'
import { canonicalJson } from '@segchain/records'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { FlexAlgoIntent } from '../intents/schema/index.js'
import { suggestion } from '../intents/suggest.js'
import type { ManagedNode, NodeDirectory } from './nodes.js'
import type { Problems } from './problems.js'

/** A Flex-Algo of the intents, with its nodes and bits looked up. */
export interface PlannedAlgorithm {
  readonly intent: Intent<FlexAlgoIntent>
  readonly definition: Definition
  readonly nodes: readonly ManagedNode[]
  readonly advertisers: readonly ManagedNode[]
}

export function planAlgorithms(intents: IntentSet, directory: NodeDirectory, problems: Problems): PlannedAlgorithm[] {
  const first = new Map<number, Intent<FlexAlgoIntent>>()
  return intents.flexAlgos.flatMap((intent) => {
    const { spec, source } = intent
    const other = first.get(spec.algorithm)
    if (other !== undefined) {
      const message = `FlexAlgo "${other.name}" defines algorithm ${spec.algorithm} too`
      problems.add(
        'DUPLICATE_ALGORITHM',
        source.at(['spec', 'algorithm']),
        message,
        'take another number from 128 to 255',
      )
      return []
    }
    first.set(spec.algorithm, intent)
    const pick = (field: 'nodes' | 'advertise'): ManagedNode[] | undefined =>
      spec[field]?.flatMap((name, i) => directory.managedNode(name, source, ['spec', field, i], problems) ?? [])
    const nodes = pick('nodes') ?? [...directory.managed]
    const advertisers = pick('advertise') ?? nodes
    if (nodes.length === 0 && spec.nodes === undefined) {
      problems.add(
        'NO_DEVICES',
        source.at(['spec']),
        'nobody takes part: there is no Device',
        'add Device intents or spec.nodes',
      )
    }
    return [{ intent, definition: definitionOf(intent, intents, problems), nodes, advertisers }]
  })
}

function definitionOf(intent: Intent<FlexAlgoIntent>, intents: IntentSet, problems: Problems): Definition {
  const { spec, source } = intent
  const known = intents.network?.spec.affinities ?? {}
  const bits = (field: 'excludeAny' | 'includeAny' | 'includeAll'): number[] =>
    (spec.affinities?.[field] ?? []).flatMap((name, i) => {
      if (Object.hasOwn(known, name)) return [known[name] ?? 0]
      problems.add(
        'UNKNOWN_AFFINITY',
        source.at(['spec', 'affinities', field, i]),
        `there is no affinity "${name}"`,
        `${suggestion(name, Object.keys(known), 'affinities')} (spec.affinities of the Network intent)`,
      )
      return []
    })
  return {
    metricType: typeof spec.metric === 'string' ? METRIC_TYPES[spec.metric] : spec.metric.userDefined,
    calculationType: 0,
    priority: spec.priority ?? 128,
    excludeAny: bits('excludeAny'),
    includeAny: bits('includeAny'),
    includeAll: bits('includeAll'),
    excludeSrlgs: spec.excludeSrlgs ?? [],
    prefixMetric: spec.prefixMetric ?? false,
  }
}

/** The paths of every algorithm that the intents or the network define. */
export function algorithmTopologies(
  graph: Graph,
  planned: readonly PlannedAlgorithm[],
  problems: Problems,
): ReadonlyMap<number, AlgorithmTopology> {
  const topologies = new Map<number, AlgorithmTopology>([
    [0, igpTopology(graph)],
    [1, strictTopology(graph)],
  ])
  const numbers = new Set(planned.map((algorithm) => algorithm.intent.spec.algorithm))
  for (const node of graph.nodes) for (const fad of node.record?.flexAlgoDefinitions ?? []) numbers.add(fad.algorithm)
  const source = attributeSourceOf(graph.links.map((link) => link.record))
  for (const algorithm of [...numbers].sort((a, b) => a - b)) {
    const plan = planned.find((candidate) => candidate.intent.spec.algorithm === algorithm)
    const members = new Set(plan?.nodes.map((m) => m.node.index))
    const topology = electedTopology(graph, algorithm, (electorate) => elect(electorate, algorithm, plan, problems), {
      source,
      whyAbsent: (index, scope) =>
        members.has(index) || recordOf(graph, index, scope)?.algorithms?.includes(algorithm)
          ? undefined
          : `${nodeName(nodeAt(graph, index))} does not take part in algorithm ${algorithm}`,
    })
    if (topology !== undefined) topologies.set(algorithm, topology)
  }
  return topologies
}

/** The election of an area as it will be once the plan is applied. */
function elect(
  { records }: Electorate,
  algorithm: number,
  plan: PlannedAlgorithm | undefined,
  problems: Problems,
): AdvertisedDefinition | undefined {
  const advertisers = new Set(plan?.advertisers.map(({ node }) => node.index))
  const candidates = [...records].flatMap(([index, record]): AdvertisedDefinition[] =>
    plan !== undefined && advertisers.has(index)
      ? [{ node: record.id, systemId: record.routerId ?? record.id, definition: plan.definition }]
      : advertisedDefinitions([record], algorithm),
  )
  const winner = electDefinition(candidates)
  if (winner === undefined) return undefined
  const where = plan?.intent.source.at(['spec', 'priority']) ?? {}
  const why = whyUnsupported(winner)
  if (why !== undefined) {
    const message = `nobody can follow the definition of algorithm ${algorithm}: ${why}`
    problems.warn(
      'FAD_UNSUPPORTED',
      where,
      message,
      'take what it names out of that definition, or raise spec.priority above it',
    )
    return undefined
  }
  if (plan !== undefined && canonicalJson(winner.definition) !== canonicalJson(plan.definition)) {
    const { priority } = winner.definition
    problems.add(
      'FAD_LOST',
      where,
      `the definition of algorithm ${algorithm} that ${winner.node} advertises (priority ${priority}) wins over this one (${plan.definition.priority})`,
      priority < 255 ? `raise spec.priority above ${priority}` : 'withdraw the other definition (RFC 9350 §5.3)',
    )
  }
  return winner
}
