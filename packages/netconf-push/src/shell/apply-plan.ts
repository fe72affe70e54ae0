import type { ToolIo } from '@segchain/cli-kit'
import type Apply from '../commands/apply.js'
import { planByDevice } from '../transaction/device-plan.js'
import { defaultJournalFolder } from '../transaction/journal.js'
import { runTransaction } from '../transaction/run.js'
import { finish } from './finish.js'
import { commandProbe } from './probe.js'
import { readPlan } from './read-plan.js'
import { targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

export async function applyPlan(io: ToolIo<typeof Apply>): Promise<void> {
  const { flags } = io
  const options = await targetOptions(flags, io.log)
  const elements = await readPlan(io.read(io.args.plan, 'segchain.plan/1'), io.log, options.inventory)
  const plans = planByDevice(elements, options.inventory, flags.device)
  const watch = createWatch(io.progress, io.log)
  const { id, outcomes, held } = await runTransaction(
    plans,
    {
      ...options,
      dryRun: flags['dry-run'],
      keepGoing: flags['keep-going'],
      hold: flags.hold,
      concurrency: flags.concurrency,
      confirmTimeoutS: flags['confirm-timeout'],
      journalFolder: flags.journal ?? defaultJournalFolder(),
      signal: io.signal,
      now: () => new Date().toISOString(),
      ...(flags.probe === undefined ? {} : { probe: commandProbe(flags.probe, flags['probe-timeout']) }),
    },
    watch,
  )
  io.progress.clear()
  if (held) {
    io.log.warn(
      `everything is in force provisionally: netconf-push confirm ${id} keeps it, netconf-push cancel ${id} takes it back; after ${flags['confirm-timeout']} s the devices take it back by themselves`,
    )
  }
  const out = await io.open({ source: flags.devices })
  io.exitCode = await finish(out, outcomes, io.log, false)
}
