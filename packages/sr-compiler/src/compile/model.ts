import { adjacencyLabels, advertisedSids, LabelNetwork } from '@segchain/path-engine'
import { allocate } from '../lock/allocate.js'
import { demandsOf } from '../lock/demands.js'
import type { BindingAllocation } from '../lock/lock-file.js'
import { nodeAddresses } from './addresses.js'
import { algorithmTopologies, type PlannedAlgorithm, planAlgorithms } from './algorithms.js'
import { bindingAllocator } from './binding-policies.js'
import type { CompileInput } from './compile.js'
import { chooseGraph } from './instance.js'
import { overInstances } from './joining.js'
import { checkLastHops } from './last-hop.js'
import { alternativesOf } from './load/alternatives.js'
import { type ManagedNode, NodeDirectory } from './nodes.js'
import { checkBlocks, labelBlocks, mergeSids, type PlannedSid, plannedSids } from './planned-sids.js'
import { steeredChains } from './policies.js'
import type { PolicyContext } from './policy-context.js'
import type { Problems } from './problems.js'
import { checkReferences, type PlacedInstance, placeInstances } from './services.js'
import { bindingLabels } from './split-stack.js'
import { mayUse } from './srv6/data-plane.js'
import { buildSrv6, type Srv6Model } from './srv6/model-srv6.js'
import type { Steered } from './steered.js'
import { unreachableInstances } from './unreachable.js'

/** The network as it will be once the plan is applied, and what the intents make of it. */
export interface Model extends PolicyContext {
  readonly algorithms: readonly PlannedAlgorithm[]
  readonly planned: readonly PlannedSid[]
  readonly placed: readonly PlacedInstance[]
  readonly allocated: ReturnType<typeof allocate>
  readonly steered: readonly Steered[]
  readonly srv6: Srv6Model
  /** Binding-SIDs that are not in the lock yet. */
  readonly addedBindings: readonly BindingAllocation[]
}

/** Undefined when there is not even a graph; otherwise as much as the intents allow, errors in `problems`. */
export function buildModel(input: Omit<CompileInput, 'mayAllocate'>, problems: Problems): Model | undefined {
  const { intents, topology } = input
  checkReferences(intents, problems)
  const graph = chooseGraph(intents, topology, problems)
  if (graph === undefined) return undefined
  const directory = new NodeDirectory(graph, intents, problems, input.unreachable === 'warn')
  const placed = placeInstances(intents, directory, problems)
  const algorithms = planAlgorithms(intents, directory, problems)
  const topologies = algorithmTopologies(graph, algorithms, problems)
  const advertised = advertisedSids(graph, topology.prefixes, topologies)
  const demands = demandsOf(intents, (algorithm) =>
    (algorithms.find((a) => a.intent.spec.algorithm === algorithm)?.nodes ?? []).map((m) => m.device.name),
  )
  const allocated = allocate(input.lock, demands, intents.network, {
    indexes: new Set(advertised.map((sid) => sid.index)),
    prefixes: new Set(topology.prefixes.map((prefix) => prefix.prefix)),
  })
  problems.errors.push(...allocated.errors)
  const members = new Map<string, ManagedNode[]>()
  for (const { service, at } of placed) members.set(service.name, [...(members.get(service.name) ?? []), at])
  const planned = plannedSids(demands, allocated.lock.allocations, intents, directory, members)
  const sids = overInstances(graph, mergeSids(planned, advertised, problems))
  const network = new LabelNetwork({
    graph,
    topologies,
    blocks: labelBlocks(graph, directory, intents),
    sids,
    localLabels: adjacencyLabels(graph),
  })
  checkBlocks(planned, network, problems)
  checkLastHops(planned, problems)
  unreachableInstances({ graph, network, planned, placed, intents, directory }, problems, input.unreachable)
  const addressOf = nodeAddresses(graph, sids, topology.prefixes)
  const { lock } = input
  const srv6 = buildSrv6({ graph, intents, lock, topology, topologies, directory, members, problems })
  const bindings = bindingAllocator(lock, graph, intents)
  const context = { graph, network, intents, directory, problems, sids, addressOf, topology, bindings }
  const onSrv6 = new Set(srv6.steered.map((one) => one.steering))
  const onMpls = intents.steerings.filter((steering) => {
    const chain = intents.chains.get(steering.spec.chain)
    return !onSrv6.has(steering) && (chain === undefined || mayUse('mpls', chain, intents))
  })
  const steered = steeredChains({ ...context, intents: { ...intents, steerings: onMpls } }).map((one) => {
    const why = srv6.fallen.get(one.steering.name)
    const rejected = why === undefined ? [] : [{ what: 'the SRv6 data plane', why }]
    return { ...one, chosen: { ...one.chosen, rejected: [...rejected, ...one.chosen.rejected] } }
  })
  const pieces = steered.flatMap(alternativesOf).flatMap((one) => one.chosen.pieces)
  const used = new Set(pieces.flatMap((piece) => piece.bindingSid ?? []))
  return {
    ...context,
    // From here on the network knows the binding-SIDs of the plan.
    network: network.withBindings(bindingLabels(pieces)),
    algorithms,
    planned,
    placed,
    allocated,
    steered,
    srv6,
    addedBindings: bindings.added.filter((entry) => used.has(entry.label)),
  }
}
