import type { ToolIo } from '@segchain/cli-kit'
import type Diff from '../commands/diff.js'
import { planByDevice } from '../transaction/device-plan.js'
import { diffDevice } from '../transaction/diff-device.js'
import { forEachLimited } from '../transaction/for-each.js'
import { finish } from './finish.js'
import { readPlan } from './read-plan.js'
import { targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

export async function diffPlan(io: ToolIo<typeof Diff>): Promise<void> {
  const options = await targetOptions(io.flags, io.log)
  const plans = planByDevice(
    await readPlan(io.read(io.args.plan, 'segchain.plan/1'), io.log, options.inventory),
    options.inventory,
    io.flags.device,
  )
  const watch = createWatch(io.progress, io.log)
  const outcomes = await forEachLimited(plans, io.flags.concurrency, (plan) => diffDevice(plan, options, watch))
  io.progress.clear()
  const out = await io.open({ source: io.flags.devices })
  io.exitCode = await finish(out, outcomes, io.log, true)
}
