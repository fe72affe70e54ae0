import { type Snapshot, topologyDigest } from '@segchain/path-engine'
import { digestOf, type ErrorRecord, type SegchainError, type StreamRecord } from '@segchain/records'
import { Compilation } from '../compile/again/compilation.js'
import type { CompileInput, Plan } from '../compile/compile.js'
import { type PlanRecord, PlanState } from './plan-state.js'

type Sync = Extract<StreamRecord<'segchain.plan/1'>, { kind: 'sync' }>

/** What has to be said after a change of the network. */
export interface FollowStep {
  /** Changes of the plan, and a sync that makes them one. */
  readonly records: readonly PlanRecord[]
  /** Those that were not there before. */
  readonly errors: readonly SegchainError[]
  readonly warnings: readonly SegchainError[]
  /** There is a plan again, after there was none. */
  readonly isMended: boolean
  /** Of the network of now; undefined when it has none. */
  readonly plan?: Plan
}

/**
 * Follows a network: a plan for each state of it, told as what changes. Where the network has no plan (a chain
 * that finds no way any more) the last good one stays, and error records say why until there is one again.
 */
export class PlanFollower {
  readonly #compilation = new Compilation()
  readonly #state = new PlanState()
  #input: Omit<CompileInput, 'topology'>
  #topologyDigest: string | undefined
  #last: { readonly plan: Plan; readonly digests: Partial<Sync> } | undefined
  #errors: ReadonlySet<string> = new Set()
  #warnings: ReadonlySet<string> = new Set()

  constructor(input: Omit<CompileInput, 'topology'>) {
    this.#input = input
  }

  /** Does the network of now have no plan? */
  get isBroken(): boolean {
    return this.#errors.size > 0
  }

  /** Of the elements that stand. */
  get digest(): string | undefined {
    return this.#last?.digests.digest
  }

  /** Undefined when the network is what it was: who reports it, and how stale it is, are no part of it. */
  at(topology: Snapshot, reason: Sync['reason']): FollowStep | undefined {
    const network = topologyDigest(topology)
    if (network === this.#topologyDigest) return undefined
    this.#topologyDigest = network
    const { plan, errors, warnings } = this.#compilation.compile({ ...this.#input, topology })
    const wasBroken = this.isBroken
    if (plan !== undefined) this.#keep(plan)
    const { elements = [], failovers = [] } = this.#last?.plan ?? {}
    const changes = this.#state.become([...elements, ...failovers, ...errorRecords(errors)])
    const [newErrors, newWarnings] = [newIn(errors, this.#errors), newIn(warnings, this.#warnings)]
    this.#errors = new Set(errors.map(textOf))
    this.#warnings = new Set(warnings.map(textOf))
    return {
      records: [...changes, { kind: 'sync', id: 'sync:plan', reason, ...this.#last?.digests }],
      errors: newErrors,
      warnings: newWarnings,
      isMended: wasBroken && plan !== undefined,
      ...(plan === undefined ? {} : { plan }),
    }
  }

  #keep(plan: Plan): void {
    const { added, addedLocators, addedBindings } = plan
    // What was given out once stays given out.
    if (added.length + addedLocators.length + addedBindings.length > 0)
      this.#input = { ...this.#input, lock: plan.lock }
    const isSame = this.#last?.plan.elements.every((element, i) => element === plan.elements[i]) ?? false
    const digest = isSame ? this.#last?.digests.digest : undefined
    const digests = {
      digest: digest ?? digestOf(plan.elements),
      topologyDigest: plan.topologyDigest,
      intentsDigest: digestOf([this.#input.intents.digest, plan.lock]),
    }
    this.#last = { plan, digests }
  }
}

function newIn(found: readonly SegchainError[], known: ReadonlySet<string>): SegchainError[] {
  return found.filter((error) => !known.has(textOf(error)))
}

function textOf({ code, message, where }: SegchainError): string {
  return `${code} ${where.file ?? ''}:${where.line ?? ''} ${message}`
}

/** The same error has the same id as long as it stands. */
function errorRecords(errors: readonly SegchainError[]): ErrorRecord[] {
  const records = errors.map((error): [string, ErrorRecord] => {
    const id = `error:${error.code}:${digestOf(textOf(error)).slice('sha256:'.length, 'sha256:'.length + 12)}`
    return [id, { kind: 'error', id, error: error.toJSON() }]
  })
  return [...new Map(records).values()]
}
