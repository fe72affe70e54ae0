import type { ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records'
import type Apply from '../commands/apply.js'
import { type DevicePlan, planByDevice } from '../transaction/device-plan.js'
import { defaultJournalFolder } from '../transaction/journal.js'
import { readLedger } from '../transaction/ledger.js'
import { mergeOutcomes } from '../transaction/merge-outcomes.js'
import type { TransactionOptions } from '../transaction/options.js'
import { checkDeleteLimit, parseDeleteLimit, type Removals } from '../transaction/removals.js'
import { runTransaction } from '../transaction/run.js'
import type { Watch } from '../transaction/watch.js'
import { applyProbe } from './apply-probe.js'
import { finish } from './finish.js'
import { gitAncestor } from './git-ancestor.js'
import { type Plan, readPlan } from './read-plan.js'
import { findRemovals } from './removals.js'
import { checkNotOlder, checkTopology, reviewOf } from './staleness.js'
import { targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

export async function applyPlan(io: ToolIo<typeof Apply>): Promise<void> {
  const { flags } = io
  checkFlags(io)
  const folder = flags.journal ?? defaultJournalFolder()
  const target = await targetOptions(flags, io.log)
  const plan = await readPlan(io.read(io.args.plan, 'segchain.plan/1'), io.log, target.inventory)
  const plans = planByDevice(plan.elements, target.inventory, flags.device)
  if (flags.topology !== undefined) await checkTopology(plan, io.read(flags.topology, 'segchain.topology/1'))
  if (!flags['allow-older'])
    await refuseOlder(
      plan,
      plans.map(({ device }) => device.name),
      folder,
      flags.devices,
    )
  const removals = await findWanted(io, plan, folder, target.inventory)
  if (removals !== undefined) checkDeleteLimit(removals, parseDeleteLimit(flags['allow-delete']))
  const { close, ...probe } = applyProbe(io, plans)
  const options: TransactionOptions = {
    ...target,
    dryRun: flags['dry-run'],
    keepGoing: flags['keep-going'],
    hold: flags.hold,
    concurrency: flags.concurrency,
    confirmTimeoutS: flags['confirm-timeout'],
    journalFolder: folder,
    origin: plan.origin,
    signal: io.signal,
    now: () => new Date().toISOString(),
    ...(flags.reviewed === undefined ? {} : { review: await reviewOf(io.read(flags.reviewed, 'segchain.result/1')) }),
    ...probe,
  }
  const watch = createWatch(io.progress, io.log)
  const { added, removed } = await addThenRemove(plans, removals?.plans ?? [], options, watch).finally(close)
  io.progress.clear()
  if (added.held) {
    io.log.warn(
      `everything is in force provisionally: netconf-push confirm ${added.id} keeps it, netconf-push cancel ${added.id} takes it back; after ${flags['confirm-timeout']} s the devices take it back by themselves`,
    )
  }
  const out = await io.open({ source: flags.devices })
  for (const { record } of [added, ...(removed === undefined ? [] : [removed])]) {
    if (record !== undefined) await out.write(record)
  }
  const outcomes = mergeOutcomes(added.outcomes, removed?.outcomes ?? [])
  io.exitCode = await finish(out, outcomes, io.log, false)
}

/** Make before break over the whole network: nothing goes before everything new is there for good. */
async function addThenRemove(
  plans: readonly DevicePlan[],
  removing: readonly DevicePlan[],
  options: TransactionOptions,
  watch: Watch,
) {
  const added = await runTransaction(plans, options, watch)
  const well = added.outcomes.every(({ error, status }) => error === undefined && status !== 'rolled-back')
  const removed = well && !options.signal.aborted ? await runTransaction(removing, options, watch) : undefined
  return { added, removed }
}

function checkFlags({ flags, args }: ToolIo<typeof Apply>): void {
  const probed = flags.probe !== undefined || flags['probe-topology'] !== undefined
  const stdin = [args.plan ?? '-', flags['probe-topology'], flags.topology, flags.reviewed, flags.previous]
  const trouble =
    stdin.filter((path) => path === '-').length > 1
      ? 'only one of the plan, --topology, --reviewed, --previous and --probe-topology can come from stdin'
      : flags.hold && flags.prune
        ? '--prune removes only after everything new is confirmed, and so cannot be held'
        : probed && flags['probe-timeout'] >= flags['confirm-timeout']
          ? `--probe-timeout (${flags['probe-timeout']} s) must be shorter than --confirm-timeout (${flags['confirm-timeout']} s): the devices would take it back while it is probed`
          : undefined
  if (trouble !== undefined) throw new SegchainError({ category: 'usage', code: 'FLAGS', message: trouble })
}

async function refuseOlder(plan: Plan, devices: readonly string[], folder: string, repository: string): Promise<void> {
  const entries = [...(await readLedger(folder)).values()].filter(({ device }) => devices.includes(device))
  await checkNotOlder(plan.origin.commit, entries, gitAncestor(repository))
}

async function findWanted(
  io: ToolIo<typeof Apply>,
  plan: Plan,
  folder: string,
  inventory: TransactionOptions['inventory'],
): Promise<Removals | undefined> {
  const { prune, previous, device: only } = io.flags
  if (!prune) return undefined
  const before =
    previous === undefined
      ? {}
      : { previous: (await readPlan(io.read(previous, 'segchain.plan/1'), io.log, inventory)).elements }
  return findRemovals({ elements: plan.elements, inventory, only, folder, ...before })
}
