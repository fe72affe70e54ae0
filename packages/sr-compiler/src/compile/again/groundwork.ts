import {
  type AlgorithmTopology,
  advertisedSids,
  endingSids,
  type Graph,
  type PrefixSidEntry,
} from '@segchain/path-engine'
import type { LabelRange } from '@segchain/records'
import { allocate } from '../../lock/allocate.js'
import { demandsOf } from '../../lock/demands.js'
import { nodeAddresses } from '../addresses.js'
import { algorithmTopologies, type PlannedAlgorithm, planAlgorithms } from '../algorithms.js'
import type { CompileInput } from '../compile.js'
import { overInstances } from '../joining.js'
import { type ManagedNode, NodeDirectory } from '../nodes.js'
import { labelBlocks, mergeSids, type PlannedSid, plannedSids } from '../planned-sids.js'
import { Problems } from '../problems.js'
import { type PlacedInstance, placeInstances } from '../services.js'

/** What follows from the intents, the lock, the nodes and the prefixes: no link has a part in it. */
export interface Groundwork {
  readonly directory: NodeDirectory
  readonly placed: readonly PlacedInstance[]
  readonly algorithms: readonly PlannedAlgorithm[]
  readonly allocated: ReturnType<typeof allocate>
  /** By service: where its instances are. */
  readonly members: ReadonlyMap<string, readonly ManagedNode[]>
  readonly planned: readonly PlannedSid[]
  /** Of the network and of the plan together. */
  readonly sids: readonly PrefixSidEntry[]
  readonly blocks: readonly (readonly LabelRange[])[]
  readonly addressOf: (node: number) => string | undefined
  /** Algorithms whose definition asks for prefix metrics: what a segment costs at its end follows from them. */
  readonly prefixMetrics: string
  /** What is wrong with the intents alone. */
  readonly first: Problems
  /** Segments of the plan that somebody else has. */
  readonly conflicts: Problems
}

export type GroundworkInput = Pick<CompileInput, 'intents' | 'lock' | 'topology' | 'unreachable'>

type Topologies = ReadonlyMap<number, AlgorithmTopology>

interface Laid {
  readonly groundwork: Groundwork
  readonly topologies: Topologies
}

/** The groundwork, kept where it can be, and the algorithms' topologies, which are always new. */
export function layGroundwork(
  input: GroundworkInput,
  graph: Graph,
  problems: Problems,
  kept: Groundwork | undefined,
): Laid {
  if (kept !== undefined) {
    const between = new Problems()
    const topologies = algorithmTopologies(graph, kept.algorithms, between)
    if (prefixMetricsOf(topologies) === kept.prefixMetrics) {
      problems.errors.push(...between.errors)
      problems.warnings.push(...kept.first.warnings, ...between.warnings)
      return { groundwork: kept, topologies }
    }
  }
  return layAnew(input, graph, problems)
}

function layAnew(input: GroundworkInput, graph: Graph, problems: Problems): Laid {
  const { intents, lock, topology } = input
  const first = new Problems()
  const conflicts = new Problems()
  const directory = new NodeDirectory(graph, intents, first, input.unreachable === 'warn')
  const placed = placeInstances(intents, directory, first)
  const algorithms = planAlgorithms(intents, directory, first)
  problems.errors.push(...first.errors)
  problems.warnings.push(...first.warnings)
  const topologies = algorithmTopologies(graph, algorithms, problems)
  const seen = advertisedSids(graph, topology.prefixes, topologies)
  const advertised = endingSids(seen)
  const demands = demandsOf(intents, (algorithm) =>
    (algorithms.find((a) => a.intent.spec.algorithm === algorithm)?.nodes ?? []).map((m) => m.device.name),
  )
  const allocated = allocate(lock, demands, intents.network, {
    indexes: new Set(seen.map((sid) => sid.index)),
    prefixes: new Set(topology.prefixes.map((prefix) => prefix.prefix)),
  })
  problems.errors.push(...allocated.errors)
  const members = new Map<string, ManagedNode[]>()
  for (const { service, at } of placed) members.set(service.name, [...(members.get(service.name) ?? []), at])
  const planned = plannedSids(demands, allocated.lock.allocations, intents, directory, members)
  const sids = overInstances(graph, mergeSids(planned, advertised, conflicts))
  const groundwork = {
    ...{ directory, placed, algorithms, allocated, members, planned, sids, first, conflicts },
    blocks: labelBlocks(graph, directory, intents),
    addressOf: nodeAddresses(graph, sids, topology.prefixes),
    prefixMetrics: prefixMetricsOf(topologies),
  }
  return { groundwork, topologies }
}

function prefixMetricsOf(topologies: Topologies): string {
  return [...topologies]
    .map(([algorithm, { prefixMetricScopes }]) => `${algorithm}:${[...(prefixMetricScopes ?? [])].join(',')}`)
    .join(' ')
}
