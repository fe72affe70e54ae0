import type { ToolIo } from '@segchain/cli-kit'
import type Apply from '../commands/apply.js'
import type Diff from '../commands/diff.js'
import { loadDevices } from './load-devices.js'
import { finish, type Outcome } from './outcome.js'
import { type PushOptions, push } from './push.js'
import { readPlan } from './read-plan.js'

export async function applyPlan(io: ToolIo<typeof Apply>): Promise<void> {
  const dryRun = io.flags['dry-run']
  const outcomes = await pushed(io, { dryRun, allowDelete: io.flags['allow-delete'] })
  io.exitCode = await finish(await io.open({ source: io.flags.devices }), outcomes, io.log, false)
}

export async function diffPlan(io: ToolIo<typeof Diff>): Promise<void> {
  const outcomes = await pushed(io, { dryRun: true })
  io.exitCode = await finish(await io.open({ source: io.flags.devices }), outcomes, io.log, true)
}

async function pushed(
  io: Pick<ToolIo<typeof Diff>, 'flags' | 'args' | 'read' | 'log' | 'signal'>,
  options: Pick<PushOptions, 'dryRun' | 'allowDelete'>,
): Promise<Outcome[]> {
  const { flags } = io
  const devices = await loadDevices(flags.devices)
  const plan = await readPlan(io.read(io.args.plan, 'segchain.plan/1'), devices, flags.device, io.log)
  return push(plan, {
    devices,
    owner: flags.owner,
    prune: flags.prune,
    unsupported: flags.unsupported === 'skip' ? 'skip' : 'error',
    timeoutS: flags.timeout,
    signal: io.signal,
    log: io.log,
    ...options,
  })
}
