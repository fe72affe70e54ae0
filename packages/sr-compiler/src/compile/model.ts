import { adjacencyLabels, LabelNetwork } from '@segchain/path-engine'
import { checkIntents } from '../checks/index.js'
import type { allocate } from '../lock/allocate.js'
import type { BindingAllocation } from '../lock/lock-file.js'
import { type Groundwork, layGroundwork } from './again/groundwork.js'
import type { Kept } from './again/kept.js'
import type { PlannedAlgorithm } from './algorithms.js'
import { bindingAllocator } from './binding-policies.js'
import type { CompileInput } from './compile.js'
import { chooseGraph } from './instance.js'
import { checkLastHops } from './last-hop.js'
import { alternativesOf } from './load/alternatives.js'
import { checkLocalLabels } from './local-labels.js'
import { checkBlocks, type PlannedSid } from './planned-sids.js'
import { steeredChains } from './policies.js'
import type { PolicyContext } from './policy-context.js'
import type { Problems } from './problems.js'
import type { PlacedInstance } from './services.js'
import { bindingLabels } from './split-stack.js'
import { checkApart, checkBounds } from './srv6/check-srv6.js'
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
  readonly groundwork: Groundwork
}

/** Of intents alone: without them being right, nothing behind them can be. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'BAD_PREFIX',
  'BAD_RANGE',
  'LABELS_OVERLAP',
  'BLOCKS_OVERLAP',
  'CONTRADICTION',
])

/** Undefined when there is not even a graph; otherwise as much as the intents allow, errors in `problems`. */
export function buildModel(
  input: Omit<CompileInput, 'mayAllocate'>,
  problems: Problems,
  kept?: Kept,
): Model | undefined {
  const { intents, topology } = input
  const before = problems.errors.length
  checkIntents(intents, problems)
  // What cannot be given out at all would be missed again at everybody who needs it.
  if (problems.errors.slice(before).some((error) => UNUSABLE.has(error.code))) return undefined
  const graph = chooseGraph(intents, topology, problems, kept?.graphFor(input))
  if (graph === undefined) return undefined
  // Over several instances the ways are searched anew each time: nothing of them is kept.
  const reuse = graph.joined === undefined ? kept : undefined
  const earlier = reuse?.groundworkFor(input, graph)
  const { groundwork, topologies } = layGroundwork(input, graph, problems, earlier)
  const { directory, placed: instances, allocated, algorithms, members, planned, sids, addressOf } = groundwork
  const network = new LabelNetwork({
    graph,
    topologies,
    blocks: groundwork.blocks,
    sids,
    localLabels: adjacencyLabels(graph),
  })
  problems.errors.push(...groundwork.conflicts.errors)
  // What is kept had nothing wrong with it.
  if (groundwork !== earlier) {
    checkBlocks(planned, network, problems)
    checkLastHops(planned, problems)
  }
  checkLocalLabels(intents, directory, network, problems)
  const chains = reuse?.begin(groundwork, network)
  const unreached =
    reuse?.unreached ?? unreachableInstances({ graph, network, planned, placed: instances, intents, directory })
  ;(input.unreachable === 'warn' ? problems.warnings : problems.errors).push(...unreached)
  if (reuse !== undefined) reuse.unreached = unreached
  const { lock } = input
  const laid = buildSrv6({ graph, intents, lock, topology, topologies, directory, members, problems })
  const bindings = bindingAllocator(lock, graph, intents)
  const context: PolicyContext = {
    ...{ graph, network, intents, directory, problems, sids, addressOf, topology, bindings },
    ...(chains === undefined ? {} : { kept: chains }),
  }
  const onSrv6 = new Set(laid.steered.map((one) => one.steering))
  const onMpls = intents.steerings.filter((steering) => {
    const chain = intents.chains.get(steering.spec.chain)
    return !onSrv6.has(steering) && (chain === undefined || mayUse('mpls', chain, intents))
  })
  const besides = { beside: laid.steered, srv6Network: laid.network }
  const placed = steeredChains({ ...context, ...besides, intents: { ...intents, steerings: onMpls } })
  const srv6 = { ...laid, steered: placed.beside }
  const steered = placed.steered.map((one) => {
    const why = srv6.fallen.get(one.steering.name)
    if (why === undefined) return one
    const rejected = [{ what: 'the SRv6 data plane', why }, ...one.chosen.rejected]
    return { ...one, chosen: { ...one.chosen, rejected } }
  })
  checkApart(steered, srv6.steered, context)
  checkBounds(context)
  const pieces = steered.flatMap((one) => alternativesOf(one)).flatMap((one) => one.chosen.pieces)
  const used = new Set(pieces.flatMap((piece) => piece.bindingSid ?? []))
  return {
    ...context,
    // From here on the network knows the binding-SIDs of the plan.
    network: network.withBindings(bindingLabels(pieces)),
    groundwork,
    algorithms,
    planned,
    placed: instances,
    allocated,
    steered,
    srv6,
    addedBindings: bindings.added.filter((entry) => used.has(entry.label)),
  }
}
