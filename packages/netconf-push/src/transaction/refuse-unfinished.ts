import { SegchainError } from '@segchain/records'
import type { DevicePlan } from './device-plan.js'
import { unfinishedTransactions } from './journal-state.js'
import { stillRunning } from './still-running.js'

/**
 * @param own the transaction that asks, once it has a journal
 * @throws {SegchainError} category `stale`: another transaction is not ended on one of these devices.
 */
export async function refuseUnfinished(
  plans: readonly Pick<DevicePlan, 'device'>[],
  journalFolder: string,
  own?: string,
): Promise<void> {
  const names = new Set(plans.map((plan) => plan.device.name))
  for (const other of await unfinishedTransactions(journalFolder)) {
    if (other.id === own) continue
    const shared = other.devices.find((device) => names.has(device.name) && !other.done.has(device.name))
    if (shared === undefined) continue
    throw new SegchainError({
      category: 'stale',
      code: 'TRANSACTION_UNFINISHED',
      message: `transaction ${other.id} of ${other.time} is not ended on ${shared.name}`,
      hint: stillRunning(other.pid)
        ? `process ${other.pid} is at it: wait for its end`
        : 'netconf-push recover finishes or undoes it; confirm or cancel decides on one that is held',
      where: { device: shared.name },
    })
  }
}
