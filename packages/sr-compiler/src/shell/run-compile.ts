import type { ToolIo } from '@segchain/cli-kit'
import { snapshotOf } from '@segchain/path-engine'
import { digestOf, type StreamRecord } from '@segchain/records'
import type CompileCommand from '../commands/compile.js'
import { compile } from '../compile/compile.js'
import { describeFailovers } from '../compile/failover/index.js'
import { commitOf } from './commit.js'
import { failOn, inDirectory, loadRepository } from './load.js'
import { writeLock } from './write-lock.js'

export async function runCompile(io: ToolIo<typeof CompileCommand>): Promise<void> {
  const directory = io.args.intents
  const repository = await loadRepository(directory)
  // Intents that are wrong are told before anybody waits for a topology.
  failOn(repository.errors, io.log, directory)
  const records: StreamRecord<'segchain.topology/1'>[] = []
  for await (const record of io.read(io.flags.topology, 'segchain.topology/1')) records.push(record)
  const { intents, lock } = repository
  const { plan, errors, warnings } = compile({
    intents,
    lock,
    topology: snapshotOf(records),
    mayAllocate: io.flags['write-lock'],
    unreachable: io.flags.unreachable,
    failover: io.flags.failover,
  })
  for (const warning of warnings) io.log.warn(inDirectory(warning, directory))
  failOn(
    errors.map((error) => inDirectory(error, directory)),
    io.log,
    directory,
  )
  if (plan === undefined) return
  await writeLock(plan, directory, io.log)
  for (const failover of plan.failovers) io.log.info(describeFailovers(failover))
  const git = await commitOf(directory)
  const out = await io.open({
    source: directory,
    ...(git === undefined ? {} : { commit: git.commit, dirty: git.dirty }),
    intentsDigest: digestOf([intents.digest, plan.lock]),
    topologyDigest: plan.topologyDigest,
  })
  for (const element of plan.elements) await out.write(element)
  for (const failover of plan.failovers) await out.write(failover)
  await out.end({ outcome: 'ok', digest: digestOf(plan.elements) })
}
