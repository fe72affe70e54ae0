import type { ToolIo } from '@segchain/cli-kit'
import type Diff from '../commands/diff.js'
import { planByDevice } from '../transaction/device-plan.js'
import { diffDevice } from '../transaction/diff-device.js'
import { forEachLimited } from '../transaction/for-each.js'
import { defaultJournalFolder } from '../transaction/journal.js'
import { mergeOutcomes } from '../transaction/merge-outcomes.js'
import { finish } from './finish.js'
import { readPlan } from './read-plan.js'
import { findRemovals } from './removals.js'
import { targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

export async function diffPlan(io: ToolIo<typeof Diff>): Promise<void> {
  const { flags } = io
  const options = await targetOptions(flags, io.log)
  const { elements } = await readPlan(io.read(io.args.plan, 'segchain.plan/1'), io.log, options.inventory)
  const plans = planByDevice(elements, options.inventory, flags.device)
  const watch = createWatch(io.progress, io.log)
  const diffAll = (some: typeof plans) =>
    forEachLimited(some, flags.concurrency, (plan) => diffDevice(plan, options, watch))
  let outcomes = await diffAll(plans)
  if (flags.prune) {
    const folder = flags.journal ?? defaultJournalFolder()
    const previous =
      flags.previous === undefined
        ? {}
        : { previous: (await readPlan(io.read(flags.previous, 'segchain.plan/1'), io.log, options.inventory)).elements }
    const { inventory } = options
    const removals = await findRemovals({ elements, inventory, only: flags.device, folder, ...previous })
    outcomes = mergeOutcomes(outcomes, await diffAll([...removals.plans]))
  }
  io.progress.clear()
  const out = await io.open({ source: flags.devices })
  io.exitCode = await finish(out, outcomes, io.log, true)
}
