import type { Logger } from '@segchain/cli-kit'
import { digestOf, type PlanElement, SegchainError, type StreamRecord } from '@segchain/records'
import { routerKinds } from '../dialects/index.js'
import type { InventoryDevice } from '../inventory/index.js'
import { isPlanElement } from '../transaction/device-plan.js'
import type { Origin } from '../transaction/ledger.js'

export interface Plan {
  readonly elements: readonly PlanElement[]
  readonly origin: Origin
  /** Of the topology that it was computed from. */
  readonly topologyDigest?: string
}

/**
 * The elements of a plan. Those for other tools are counted and told.
 *
 * @throws {SegchainError} category `data`, code `PLAN_INCOMPLETE`: the plan does not end with a summary,
 * or its maker failed: applying half a plan would be worse than none; `PLAN_DIGEST`: its elements are not
 * those that its summary has the digest of.
 */
export async function readPlan(
  records: AsyncIterable<StreamRecord<'segchain.plan/1'>>,
  log: Logger,
  inventory: ReadonlyMap<string, InventoryDevice>,
): Promise<Plan> {
  const elements: PlanElement[] = []
  let complete = false
  let digest: string | undefined
  let header: Extract<StreamRecord<'segchain.plan/1'>, { kind: 'header' }> | undefined
  for await (const record of records) {
    if (isPlanElement(record)) elements.push(record)
    else if (record.kind === 'header') header = record
    else if (record.kind === 'summary') {
      complete = record.outcome === 'ok' || record.outcome === 'different'
      digest = record.digest
    }
  }
  if (!complete) {
    throw new SegchainError({
      category: 'data',
      code: 'PLAN_INCOMPLETE',
      message: 'the plan does not end with a summary that says ok: it is not complete',
      hint: 'look at what the compiler said',
    })
  }
  const own = digestOf(elements)
  if (digest !== undefined && digest !== own) throw changed()
  tellOthers(elements, log, inventory)
  return {
    elements,
    origin: { planDigest: own, ...(header?.commit === undefined ? {} : { commit: header.commit }) },
    ...(header?.topologyDigest === undefined ? {} : { topologyDigest: header.topologyDigest }),
  }
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
