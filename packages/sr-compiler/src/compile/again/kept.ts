import type { Graph, LabelNetwork } from '@segchain/path-engine'
import type { SegchainError } from '@segchain/records'
import type { CompileInput, Plan } from '../compile.js'
import { KeptProofs } from '../failover/kept-proofs.js'
import { changeBetween, type GraphChange, isSameList } from './graph-change.js'
import type { Groundwork, GroundworkInput } from './groundwork.js'
import { KeptChains } from './kept-chains.js'

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

/** Hands a compilation what the one before left, as far as it is right still, and takes in what this one leaves. */
export class Kept {
  readonly #left: Left | undefined
  /** Filled in by the compilation. */
  now: Pick<Left, 'groundwork' | 'network' | 'chains'> | undefined
  unreached: readonly SegchainError[] = []
  proofs = new KeptProofs()
  #change: GraphChange | undefined

  constructor(left: Left | undefined) {
    this.#left = left
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
    this.#change = changeBetween(left.network.graph, graph)
    if (this.#change === undefined) return undefined
    const { groundwork } = left
    // What was added stands in the lock now.
    return input.lock === lock ? groundwork : { ...groundwork, allocated: { ...groundwork.allocated, added: [] } }
  }

  /** What was said of instances that nobody reaches, where who reaches whom is as it was. */
  unreachedIn(network: LabelNetwork): readonly SegchainError[] | undefined {
    const [left, change] = [this.#left, this.#change]
    if (left === undefined || change === undefined) return undefined
    const { graph } = left.network
    if (graph.links.length !== network.graph.links.length || change.numbers.includes(-1)) return undefined
    for (const algorithm of algorithmsOf(left.groundwork)) {
      const [before, now] = [left.network.topology(algorithm), network.topology(algorithm)]
      if (before === undefined || now === undefined) return undefined
      if (before.member.some((member, i) => member !== now.member[i])) return undefined
      const isSame = (number: number, link: number): boolean =>
        Number.isFinite(before.weights[link]) === Number.isFinite(now.weights[number])
      if (!change.numbers.every(isSame)) return undefined
    }
    return left.unreached
  }

  chainsFor(groundwork: Groundwork, network: LabelNetwork): KeptChains {
    const left = this.#left
    const change = this.#change
    const chains =
      left === undefined || change === undefined || groundwork.sids !== left.groundwork.sids
        ? new KeptChains()
        : left.chains.after(left.network, network, algorithmsOf(groundwork), change)
    this.now = { groundwork, network, chains }
    return chains
  }

  /** What is proved of failovers still. */
  proofsFor(network: LabelNetwork): KeptProofs {
    const [left, change] = [this.#left, this.#change]
    if (left !== undefined && change !== undefined && this.now?.groundwork.sids === left.groundwork.sids) {
      this.proofs = left.proofs.after(left.network, network, change)
    }
    return this.proofs
  }
}

function isSameInstance(before: Graph, after: Graph): boolean {
  return (
    JSON.stringify([before.instance, before.multiTopologyId]) ===
    JSON.stringify([after.instance, after.multiTopologyId])
  )
}

function algorithmsOf({ sids }: Groundwork): ReadonlySet<number> {
  return new Set(sids.map((sid) => sid.algorithm))
}
