import { type SegchainError, toSegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'
import type { DevicePlan } from './device-plan.js'
import { NetconfTarget, type TargetOptions, withoutEffect } from './netconf-target.js'
import type { DeviceOutcome } from './report.js'
import type { Watch } from './watch.js'

export interface ApplyOptions extends TargetOptions {
  /** Edit, validate and look at the candidate, and then discard it. */
  readonly dryRun: boolean
}

/** Reads and compares; changes nothing and takes no lock. */
export function diffDevice(plan: DevicePlan, options: TargetOptions, watch: Watch): Promise<DeviceOutcome> {
  return onTarget(plan, options, watch, async (target) => {
    watch.phase(plan.device.name, 'reading')
    const { differences } = await target.compare()
    return { status: differences.length === 0 ? 'unchanged' : 'would-change', differences }
  })
}

/** Lock → read → edit → validate → commit → read back → save → unlock. */
export function applyDevice(plan: DevicePlan, options: ApplyOptions, watch: Watch): Promise<DeviceOutcome> {
  const { name } = plan.device
  return onTarget(plan, options, watch, async (target) => {
    watch.phase(name, 'locking')
    await target.lock()
    try {
      watch.phase(name, 'reading')
      const diff = await target.compare()
      if (diff.edit.length === 0) return { status: 'unchanged', differences: [], verified: true }
      watch.phase(name, 'editing')
      const predictable = target.editable === 'candidate'
      if (options.dryRun && !predictable) return { status: 'would-change', differences: diff.differences }
      try {
        await target.edit(diff)
        watch.phase(name, 'validating')
        await target.validate()
        if (options.dryRun) {
          const missed = (await target.compare('candidate')).differences
          await target.discard()
          return { status: 'would-change', differences: diff.differences, verified: missed.length === 0 }
        }
        watch.phase(name, 'committing')
        await target.commit()
      } catch (error) {
        await target.discard().catch(() => undefined)
        throw error
      }
      watch.phase(name, 'reading back')
      const missing = await commitAgain(target, await target.stillDifferent(), watch)
      if (missing.length > 0) throw withoutEffect(name, missing)
      await target.save()
      return { status: 'applied', differences: diff.differences, verified: true }
    } finally {
      await target.unlock().catch(() => undefined)
    }
  })
}

/**
 * netconfd 2.13 says ok to edit, validate, commit on a fresh server and changes nothing; the same
 * without validate takes. So what is missing after a commit is tried once more, without validate
 * (the commit validates by itself).
 */
async function commitAgain(
  target: NetconfTarget,
  missing: readonly Difference[],
  watch: Watch,
): Promise<readonly Difference[]> {
  if (missing.length === 0 || target.editable !== 'candidate') return missing
  watch.note(
    target.name,
    'said ok to the commit and changed nothing (known of netconfd 2.13): once more, without validate',
  )
  await target.discard()
  await target.edit(await target.compare())
  await target.commit()
  return target.stillDifferent()
}

async function onTarget(
  plan: DevicePlan,
  options: TargetOptions,
  watch: Watch,
  work: (target: NetconfTarget) => Promise<Omit<DeviceOutcome, 'device'>>,
): Promise<DeviceOutcome> {
  const { name: device } = plan.device
  const started = performance.now()
  let target: NetconfTarget | undefined
  try {
    watch.phase(device, 'connecting')
    target = await NetconfTarget.open(plan, options)
    for (const refused of target.expression.refused) watch.trouble(device, refused)
    if (target.expression.wanted.length === 0) return { device, status: 'skipped', differences: [] }
    const result = await work(target)
    watch.phase(device, result.status)
    return { device, durationMs: performance.now() - started, ...result }
  } catch (thrown) {
    const error: SegchainError = toSegchainError(thrown).at({ device })
    watch.phase(device, `failed: ${error.message}`)
    return { device, status: 'failed', differences: [], durationMs: performance.now() - started, error }
  } finally {
    await target?.close()
  }
}
