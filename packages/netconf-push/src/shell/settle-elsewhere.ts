import { SegchainError, toSegchainError } from '@segchain/records'
import { RpcRejection } from '../rpc/index.js'
import { forEachLimited } from '../transaction/for-each.js'
import { NetconfTarget } from '../transaction/netconf-target.js'
import type { DeviceOutcome } from '../transaction/report.js'
import { saveOrTell } from '../transaction/save.js'
import type { TargetOptions } from '../transaction/target-options.js'
import type { Watch } from '../transaction/watch.js'

export interface HeldElsewhere {
  readonly persistId: string
  readonly devices: readonly string[]
}

/**
 * Confirms or cancels what another host has left provisional: the devices know it by its persist-id, and
 * that is all that is needed here.
 */
export function settleElsewhere(
  held: HeldElsewhere,
  decision: 'confirm' | 'cancel',
  options: TargetOptions & { readonly concurrency: number },
  watch: Watch,
): Promise<DeviceOutcome[]> {
  return forEachLimited(held.devices, options.concurrency, async (device): Promise<DeviceOutcome> => {
    const started = performance.now()
    try {
      watch.phase(device, decision === 'confirm' ? 'confirming' : 'cancelling')
      await settleOne(device, held.persistId, decision, options, watch)
      const status = decision === 'confirm' ? 'applied' : 'rolled-back'
      watch.phase(device, status)
      return { device, status, differences: [], durationMs: performance.now() - started }
    } catch (thrown) {
      const error = toSegchainError(thrown).at({ device })
      watch.phase(device, `failed: ${error.message}`)
      return { device, status: 'failed', differences: [], error, durationMs: performance.now() - started }
    }
  })
}

async function settleOne(
  name: string,
  persistId: string,
  decision: 'confirm' | 'cancel',
  options: TargetOptions,
  watch: Watch,
): Promise<void> {
  const device = options.inventory.get(name)
  if (device === undefined) {
    throw new SegchainError({
      category: 'usage',
      code: 'DEVICE_UNKNOWN',
      message: `there is no Device ${name} with an address`,
      hint: 'give --devices the intents that the transaction was applied with',
    })
  }
  const target = await NetconfTarget.open({ device, elements: [] }, options)
  try {
    await (decision === 'confirm' ? target.confirm(persistId) : target.cancel(persistId)).catch((error: unknown) => {
      throw error instanceof RpcRejection ? nothingPending(persistId, error) : error
    })
    if (decision === 'confirm') await saveOrTell(target, watch)
  } finally {
    await target.close()
  }
}

function nothingPending(persistId: string, cause: RpcRejection): SegchainError {
  return new SegchainError({
    category: 'stale',
    code: 'NOTHING_PENDING',
    message: `nothing is pending under ${persistId}: ${cause.message}`,
    hint: 'it was confirmed or cancelled already, or its timer has taken it back: netconf-push diff shows how it is',
    cause,
  })
}
