import type { ToolIo } from '@segchain/cli-kit'
import type Apply from '../commands/apply.js'
import { applyDevice } from '../transaction/apply-device.js'
import { planByDevice } from '../transaction/device-plan.js'
import type { DeviceOutcome } from '../transaction/report.js'
import { finish } from './finish.js'
import { readPlan } from './read-plan.js'
import { targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

export async function applyPlan(io: ToolIo<typeof Apply>): Promise<void> {
  const options = { ...(await targetOptions(io.flags, io.log)), dryRun: io.flags['dry-run'] }
  const plans = planByDevice(
    await readPlan(io.read(io.args.plan, 'segchain.plan/1'), io.log),
    options.inventory,
    io.flags.device,
  )
  const watch = createWatch(io.progress, io.log)
  const outcomes: DeviceOutcome[] = []
  let stopped = false
  for (const plan of plans) {
    if (stopped || io.signal.aborted) {
      outcomes.push({ device: plan.device.name, status: 'skipped', differences: [] })
      continue
    }
    const outcome = await applyDevice(plan, options, watch)
    outcomes.push(outcome)
    stopped = outcome.error !== undefined && !io.flags['keep-going']
  }
  io.progress.clear()
  const out = await io.open({ source: io.flags.devices })
  io.exitCode = await finish(out, outcomes, io.log, false)
}
