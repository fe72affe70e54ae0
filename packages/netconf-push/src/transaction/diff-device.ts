import { toSegchainError } from '@segchain/records'
import type { DevicePlan } from './device-plan.js'
import { openTarget } from './open-target.js'
import type { DeviceOutcome } from './report.js'
import type { Target } from './target.js'
import type { TargetOptions } from './target-options.js'
import type { Watch } from './watch.js'

/** Reads and compares; changes nothing and takes no lock. */
export async function diffDevice(plan: DevicePlan, options: TargetOptions, watch: Watch): Promise<DeviceOutcome> {
  const { name: device } = plan.device
  const started = performance.now()
  let target: Target | undefined
  try {
    watch.phase(device, 'connecting')
    target = await openTarget(plan, options)
    for (const refused of target.refused) watch.trouble(device, refused)
    if (target.wanted === 0) return { device, status: 'skipped', differences: [] }
    watch.phase(device, 'reading')
    const differences = await target.stillDifferent()
    const status = differences.length === 0 ? 'unchanged' : 'would-change'
    watch.phase(device, status)
    const { mode: commitMode } = target
    return { device, status, differences, commitMode, durationMs: performance.now() - started }
  } catch (thrown) {
    const error = toSegchainError(thrown).at({ device })
    watch.phase(device, `failed: ${error.message}`)
    return { device, status: 'failed', differences: [], durationMs: performance.now() - started, error }
  } finally {
    await target?.close()
  }
}
