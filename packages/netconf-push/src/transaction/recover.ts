import { SegchainError, toSegchainError } from '@segchain/records'
import { forEachLimited } from './for-each.js'
import { Journal } from './journal.js'
import type { JournalDevice } from './journal-entry.js'
import type { JournalState } from './journal-state.js'
import { type AppliedHere, enter } from './ledger.js'
import { openTarget } from './open-target.js'
import type { DeviceOutcome } from './report.js'
import { settleConfirm } from './settle.js'
import { takeBack } from './take-back.js'
import type { TargetOptions } from './target-options.js'
import type { Watch } from './watch.js'

/**
 * Ends a transaction that its process has not: as its decision says, and undone when it came to none.
 * Devices that are done already are left alone; can be called as often as need be.
 */
export async function recoverTransaction(
  state: JournalState,
  options: TargetOptions & { readonly concurrency: number; readonly journalFolder: string },
  watch: Watch,
  decision: 'confirm' | 'cancel' = state.decision ?? 'cancel',
): Promise<DeviceOutcome[]> {
  const journal = await Journal.reopen(state.file)
  if (state.decision === undefined) await journal.append({ entry: 'decision', decision })
  const open = state.devices.filter((device) => !state.done.has(device.name))
  const outcomes = await forEachLimited(open, options.concurrency, async (device): Promise<DeviceOutcome> => {
    const started = performance.now()
    try {
      watch.phase(device.name, decision === 'confirm' ? 'finishing' : 'undoing')
      const status = await settle(device, state, decision, options, watch)
      if (status === 'applied') {
        const { id, time, origin } = state
        await enter(options.journalFolder, { transaction: id, time, ...origin }, entryOf(device))
      }
      await journal.append({ entry: 'done', device: device.name })
      watch.phase(device.name, status)
      return { device: device.name, status, differences: [], verified: true, durationMs: performance.now() - started }
    } catch (thrown) {
      const error = toSegchainError(thrown).at({ device: device.name })
      watch.phase(device.name, `failed: ${error.message}`)
      return { device: device.name, status: 'failed', differences: [], error, durationMs: performance.now() - started }
    }
  })
  if (outcomes.some((outcome) => outcome.error !== undefined)) await journal.close()
  else await journal.remove()
  return outcomes
}

function entryOf({ name, elements, removing, before }: JournalDevice): AppliedHere {
  return { device: name, elements, differences: before, ...(removing === undefined ? {} : { removing }) }
}

async function settle(
  { name, elements, removing, mode, before, undo }: JournalDevice,
  state: JournalState,
  decision: 'confirm' | 'cancel',
  options: TargetOptions,
  watch: Watch,
): Promise<'applied' | 'rolled-back'> {
  const device = options.inventory.get(name)
  if (device === undefined) {
    throw new SegchainError({
      category: 'usage',
      code: 'DEVICE_UNKNOWN',
      message: `there is no Device ${name} with an address any more`,
      hint: 'give it back to the inventory, or look at the device by hand',
    })
  }
  // Its commit was not begun, and no timer runs: nothing to undo.
  if (decision === 'cancel' && mode !== 'persistent' && !state.committing.has(name)) return 'rolled-back'
  const plan = { device, elements, ...(removing === undefined ? {} : { removing }) }
  const target = await openTarget(plan, { ...options, unsupported: 'skip' })
  try {
    if (decision === 'confirm') {
      await settleConfirm(target, state.id, watch)
      return 'applied'
    }
    const { wasPending, now, trouble } = await takeBack(target, { id: state.id, undo, before })
    if (!wasPending && now.length === 0 && state.heldUntil !== undefined) {
      watch.note(name, 'was confirmed from another host')
      return 'applied'
    }
    if (trouble !== undefined) watch.trouble(name, trouble)
    return 'rolled-back'
  } finally {
    await target.close()
  }
}
