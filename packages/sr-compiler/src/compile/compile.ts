import { type Snapshot, topologyDigest } from '@segchain/path-engine'
import { compareElements, type FailoverRecord, type PlanElement, type SegchainError } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import {
  type Allocation,
  type BindingAllocation,
  LOCK_FILE,
  type LocatorAllocation,
  type Lock,
} from '../lock/lock-file.js'
import type { Kept } from './again/kept.js'
import { flexAlgoElements, segmentRoutingElements, serviceEntries, sidElements } from './device-elements.js'
import { failoversOf } from './failover/index.js'
import { linkElements } from './link-elements.js'
import { buildModel } from './model.js'
import { policyElements } from './policies.js'
import { Problems } from './problems.js'
import { usesMpls } from './srv6/data-plane.js'
import { locatorElements, srv6PolicyElements } from './srv6/srv6-elements.js'
import { staticStacks } from './static-stacks.js'

export interface CompileInput {
  readonly intents: IntentSet
  readonly lock: Lock
  readonly topology: Snapshot
  /** May new SIDs be given out? Otherwise a SID that is not in the lock is an error. */
  readonly mayAllocate: boolean
  /** A device that the topology lacks, or an instance that nobody reaches while others serve: an error, or a warning? */
  readonly unreachable: 'error' | 'warn'
  /** A single failure after which an anycast chain breaks although it need not: said how? `off` tries none. */
  readonly failover?: 'error' | 'warn' | 'off'
}

export interface Plan {
  /** In the order of application. */
  readonly elements: readonly PlanElement[]
  /** By Steering: what single failures do to its anycast chain. None is tried with failover `off`. */
  readonly failovers: readonly FailoverRecord[]
  readonly topologyDigest: string
  /** The lock with what this compilation added. */
  readonly lock: Lock
  readonly added: readonly Allocation[]
  readonly addedLocators: readonly LocatorAllocation[]
  readonly addedBindings: readonly BindingAllocation[]
}

export interface CompileResult {
  /** Absent when there is an error: a plan is whole or it is not. */
  readonly plan?: Plan
  readonly errors: readonly SegchainError[]
  readonly warnings: readonly SegchainError[]
}

/**
 * Intents and a topology to a plan. Pure: the same input gives the same plan, byte for byte. Throws
 * nothing that the input could cause; what is wrong with it is in `errors`, all of it.
 */
export function compile(input: CompileInput): CompileResult {
  return compileKeeping(input, undefined)
}

/** The same, with what a compilation before left, and for the next one. */
export function compileKeeping(input: CompileInput, kept: Kept | undefined): CompileResult {
  const problems = new Problems()
  const plan = compilePlan(input, problems, kept)
  const { errors, warnings } = problems
  return { errors, warnings, ...(errors.length > 0 || plan === undefined ? {} : { plan }) }
}

function compilePlan(input: CompileInput, problems: Problems, kept: Kept | undefined): Plan | undefined {
  const model = buildModel(input, problems, kept)
  if (model === undefined) return undefined
  const { intents, topology } = input
  const { network, planned, placed, algorithms, directory, allocated } = model
  const locators = model.srv6.allocated
  const missing = [...allocated.added, ...locators.added]
  if (missing.length > 0 && !input.mayAllocate) reportMissing(missing, problems)
  const { failover = 'warn' } = input
  const failovers = failoversOf(model, failover, problems, kept?.proofs)
  const { addedBindings } = model
  if (addedBindings.length > 0 && !input.mayAllocate) reportBindings(addedBindings, problems)
  const bindings = [...(input.lock.bindings ?? []), ...addedBindings]
  const links = linkElements(directory.managed, intents, problems)
  const policies = policyElements(model.steered, model)
  const elements = [
    ...flexAlgoElements(algorithms, intents),
    ...links,
    ...serviceEntries(placed, planned, network, staticStacks(policies, intents, problems)),
    ...sidElements(planned, network, intents),
    ...policies,
  ]
  const all = [
    ...(usesMpls(intents) ? segmentRoutingElements(elements, directory.managed, network, intents) : []),
    ...elements,
    ...locatorElements(model.srv6.planned, placed, intents),
    ...srv6PolicyElements(model.srv6.steered, model.graph, problems),
  ]
  return {
    elements: all.sort(compareElements),
    failovers,
    topologyDigest: topologyDigest(topology),
    lock: {
      ...allocated.lock,
      ...(locators.locators.length > 0 ? { locators: locators.locators } : {}),
      ...(bindings.length > 0 ? { bindings } : {}),
    },
    addedBindings,
    added: allocated.added,
    addedLocators: locators.added,
  }
}

function reportMissing(added: readonly { owner: string; algorithm: number }[], problems: Problems): void {
  const owners = added.map(({ owner, algorithm }) => `${owner} (algorithm ${algorithm})`)
  const shown = owners.slice(0, 6).join(', ')
  problems.add(
    'NOT_ALLOCATED',
    { file: LOCK_FILE, line: 1 },
    `${owners.length} SID(s) are not allocated yet: ${shown}${owners.length > 6 ? ', …' : ''}`,
    'run: sr-compiler allocate INTENT_DIR, and commit sids.lock; or compile with --write-lock',
  )
}

/** Only a topology tells that a stack must be split: `allocate` cannot know. */
function reportBindings(added: readonly BindingAllocation[], problems: Problems): void {
  problems.add(
    'NOT_ALLOCATED',
    { file: LOCK_FILE, line: 1 },
    `${added.length} binding-SID(s) are not allocated yet: ${added.map(({ owner }) => owner).join(', ')}`,
    'compile with --write-lock, and commit sids.lock',
  )
}
