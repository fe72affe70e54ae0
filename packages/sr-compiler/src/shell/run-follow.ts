import type { ToolIo } from '@segchain/cli-kit'
import { SnapshotBuilder } from '@segchain/path-engine'
import type { Sync } from '@segchain/records'
import type CompileCommand from '../commands/compile.js'
import { describeFailovers } from '../compile/failover/index.js'
import { type FollowStep, PlanFollower } from '../follow/plan-follower.js'
import { commitOf } from './commit.js'
import { failOn, inDirectory, loadRepository } from './load.js'
import { type Settled, settled } from './settled.js'
import { writeLock } from './write-lock.js'

/** A network that never is quiet is looked at all the same, after so many times --settle. */
const MOST_SETTLES = 10

const REASONS: Readonly<Record<Settled, Sync['reason']>> = {
  whole: 'end-of-rib',
  quiet: 'quiet',
  end: 'end-of-input',
}

export async function runFollow(io: ToolIo<typeof CompileCommand>): Promise<void> {
  const directory = io.args.intents
  const { intents, lock, errors } = await loadRepository(directory)
  failOn(errors, io.log, directory)
  const { 'write-lock': mayAllocate, unreachable, failover, settle: quietMs = 250 } = io.flags
  const follower = new PlanFollower({ intents, lock, mayAllocate, unreachable, failover })
  const builder = new SnapshotBuilder()
  const git = await commitOf(directory)
  const out = await io.open({
    source: directory,
    ...(git === undefined ? {} : { commit: git.commit, dirty: git.dirty }),
  })
  const moments = settled(io.read(io.flags.topology, 'segchain.topology/1'), (record) => builder.add(record), {
    isWhole: (record) => record.kind === 'sync',
    quietMs,
    mostMs: MOST_SETTLES * quietMs,
    stop: () => process.stdin.destroy(),
  })
  // Half of a network would break every chain: nothing is compiled before somebody said that it is all.
  let isWhole = false
  for await (const moment of moments) {
    isWhole ||= moment !== 'quiet'
    const step = isWhole ? follower.at(builder.build(), REASONS[moment]) : undefined
    if (step === undefined) continue
    tell(step, io, directory)
    if (step.plan !== undefined) await writeLock(step.plan, directory, io.log)
    for (const record of step.records) await out.write(record)
  }
  const { digest, isBroken } = follower
  const end = isBroken ? ({ outcome: 'failed', exitCode: 4 } as const) : ({ outcome: 'ok', exitCode: 0 } as const)
  io.exitCode = end.exitCode
  await out.end({ ...end, ...(digest === undefined ? {} : { digest }) })
}

function tell(step: FollowStep, { log }: Pick<ToolIo<typeof CompileCommand>, 'log'>, directory: string): void {
  for (const warning of step.warnings) log.warn(inDirectory(warning, directory))
  for (const error of step.errors) log.error(inDirectory(error, directory))
  if (step.errors.length > 0) log.warn('the network of now has no plan: the last good one stays')
  if (step.isMended) log.info('the network has a plan again')
  for (const record of step.records) if (record.kind === 'failover') log.info(describeFailovers(record))
}
