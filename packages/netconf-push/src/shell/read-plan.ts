import type { Logger } from '@segchain/cli-kit'
import {
  digestOf,
  type ErrorRecord,
  type PlanElement,
  PlanFold,
  SegchainError,
  type StreamRecord,
} from '@segchain/records'
import { routerKinds } from '../dialects/index.js'
import type { InventoryDevice } from '../inventory/index.js'
import type { Origin } from '../transaction/ledger.js'

export interface Plan {
  readonly elements: readonly PlanElement[]
  readonly origin: Origin
  /** Of the topology that it was computed from. */
  readonly topologyDigest?: string
}

/**
 * The elements of a plan, also of a compiler that follows a network: what its last sync made whole. Those for other
 * tools are counted and told.
 *
 * @throws {SegchainError} category `data`, code `PLAN_INCOMPLETE`: nothing says that the plan is whole, or
 * its maker failed: applying half a plan would be worse than none; `PLAN_OF_BEFORE`: its errors say that the network of
 * now has no plan; `PLAN_DIGEST`: its elements are not
 * those that its summary has the digest of.
 */
export async function readPlan(
  records: AsyncIterable<StreamRecord<'segchain.plan/1'>>,
  log: Logger,
  inventory: ReadonlyMap<string, InventoryDevice>,
): Promise<Plan> {
  const fold = new PlanFold()
  for await (const record of records) fold.add(record)
  const { plan } = fold
  if (plan === undefined) {
    throw new SegchainError({
      category: 'data',
      code: 'PLAN_INCOMPLETE',
      message: 'the plan ends neither with a summary that says ok nor with a sync: it is not complete',
      hint: 'look at what the compiler said',
    })
  }
  const [error] = plan.errors
  if (error !== undefined) throw withErrors(error)
  const { elements, digest, commit, topologyDigest } = plan
  const own = digestOf(elements)
  if (digest !== undefined && digest !== own) throw changed()
  tellOthers(elements, log, inventory)
  return {
    elements,
    origin: { planDigest: own, ...(commit === undefined ? {} : { commit }) },
    ...(topologyDigest === undefined ? {} : { topologyDigest }),
  }
}

function withErrors({ error }: ErrorRecord): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PLAN_OF_BEFORE',
    message: `the elements are those of an earlier network: for that of now there is no plan (${error.message})`,
    hint: 'mend what the error records of the plan say, and compile again',
  })
}

function changed(): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PLAN_DIGEST',
    message: 'the elements of the plan are not those that its summary has the digest of: it was changed on the way',
    hint: '--device chooses devices of a plan; anything else is for the intents, and to compile again',
  })
}

function tellOthers(
  elements: readonly PlanElement[],
  log: Logger,
  inventory: ReadonlyMap<string, InventoryDevice>,
): void {
  const others = new Map<string, number>()
  for (const { kind, device } of elements) {
    const brought = kind === 'sr-policy' && (inventory.get(device)?.policies ?? 'config') !== 'config'
    if (brought || !routerKinds.has(kind)) others.set(kind, (others.get(kind) ?? 0) + 1)
  }
  if (others.size > 0) {
    log.info(`for other tools: ${[...others].map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
  }
}
