import type { Logger } from '@segchain/cli-kit'
import { type PlanElement, SegchainError, type StreamRecord } from '@segchain/records'
import { routerKinds } from '../dialects/index.js'
import type { InventoryDevice } from '../inventory/index.js'
import { isPlanElement } from '../transaction/device-plan.js'

/**
 * The elements of a plan. Those for other tools are counted and told.
 *
 * @throws {SegchainError} category `data`, code `PLAN_INCOMPLETE`: the plan does not end with a summary,
 * or its maker failed: applying half a plan would be worse than none.
 */
export async function readPlan(
  records: AsyncIterable<StreamRecord<'segchain.plan/1'>>,
  log: Logger,
  inventory: ReadonlyMap<string, InventoryDevice>,
): Promise<readonly PlanElement[]> {
  const elements: PlanElement[] = []
  let complete = false
  for await (const record of records) {
    if (isPlanElement(record)) elements.push(record)
    else if (record.kind === 'summary') complete = record.outcome === 'ok' || record.outcome === 'different'
  }
  if (!complete) {
    throw new SegchainError({
      category: 'data',
      code: 'PLAN_INCOMPLETE',
      message: 'the plan does not end with a summary that says ok: it is not complete',
      hint: 'look at what the compiler said',
    })
  }
  const others = new Map<string, number>()
  for (const { kind, device } of elements) {
    const brought = kind === 'sr-policy' && (inventory.get(device)?.policies ?? 'config') !== 'config'
    if (brought || !routerKinds.has(kind)) others.set(kind, (others.get(kind) ?? 0) + 1)
  }
  if (others.size > 0) {
    log.info(`for other tools: ${[...others].map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
  }
  return elements
}
