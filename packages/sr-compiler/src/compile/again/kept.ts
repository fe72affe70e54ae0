import { buildGraphAgain, type Graph, type LabelNetwork } from '@segchain/path-engine'
import type { SegchainError } from '@segchain/records'
import type { CompileInput, Plan } from '../compile.js'
import { KeptProofs } from '../failover/kept-proofs.js'
import { changeBetween, type GraphChange, isSameList } from './graph-change.js'
import type { Groundwork, GroundworkInput } from './groundwork.js'
import { KeptChains } from './kept-chains.js'
import { NetworkChange } from './network-change.js'

/** What a compilation without errors left. */
export interface Left {
  readonly input: CompileInput
  readonly plan: Plan
  readonly groundwork: Groundwork
  readonly network: LabelNetwork
  readonly chains: KeptChains
  readonly proofs: KeptProofs
  /** Instances that nobody reaches. */
  readonly unreached: readonly SegchainError[]
}

/**
 * Hands a compilation what the one before left, as far as it is right still, and takes in what this one leaves. What was
 * left is changed, not copied: it serves once.
 */
export class Kept {
  readonly #left: Left | undefined
  /** Filled in by the compilation. */
  now: Pick<Left, 'groundwork' | 'network' | 'chains'> | undefined
  /** Undefined where it has to be found out. */
  unreached: readonly SegchainError[] | undefined
  proofs: KeptProofs | undefined
  #graph: GraphChange | undefined

  constructor(left: Left | undefined) {
    this.#left = left
  }

  /** Undefined where it has to be built. */
  graphFor({ intents, topology }: Pick<CompileInput, 'intents' | 'topology'>): Graph | undefined {
    const left = this.#left
    if (left === undefined || left.input.intents !== intents) return undefined
    return buildGraphAgain(left.network.graph, left.input.topology, topology)
  }

  /** Undefined where intents, lock, nodes or prefixes are others. */
  groundworkFor(input: GroundworkInput, graph: Graph): Groundwork | undefined {
    const left = this.#left
    if (left === undefined) return undefined
    const { intents, lock, topology, unreachable } = left.input
    if (input.intents !== intents || input.unreachable !== unreachable) return undefined
    if (input.lock !== lock && input.lock !== left.plan.lock) return undefined
    if (!isSameList(topology.prefixes, input.topology.prefixes)) return undefined
    if (!isSameInstance(left.network.graph, graph)) return undefined
    this.#graph = changeBetween(left.network.graph, graph)
    if (this.#graph === undefined) return undefined
    const { groundwork } = left
    // What was added stands in the lock now.
    return input.lock === lock ? groundwork : { ...groundwork, allocated: { ...groundwork.allocated, added: [] } }
  }

  /** The network as it is now, before anything is asked of it. */
  begin(groundwork: Groundwork, network: LabelNetwork): KeptChains {
    const [left, graph] = [this.#left, this.#graph]
    let chains = new KeptChains()
    if (left !== undefined && graph !== undefined && groundwork.sids === left.groundwork.sids) {
      const ids = { before: left.proofs.ids, now: left.proofs.ids.next(network.graph, graph) }
      const change = new NetworkChange(left.network, network, graph, ids)
      network.keepRoutes(left.network, change.costs)
      chains = left.chains
      chains.keep(change)
      this.proofs = left.proofs
      this.proofs.keep(change, ids.now)
      // Where who reaches whom is as it was, everybody is still reached; why somebody is not may be another reason now.
      if (change.isSameShape && left.unreached.length === 0) this.unreached = left.unreached
    }
    this.proofs ??= KeptProofs.none(network.graph)
    this.now = { groundwork, network, chains }
    return chains
  }
}

function isSameInstance(before: Graph, after: Graph): boolean {
  return (
    JSON.stringify([before.instance, before.multiTopologyId]) ===
    JSON.stringify([after.instance, after.multiTopologyId])
  )
}
