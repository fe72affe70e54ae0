import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolIo } from '@segchain/cli-kit'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { ChangeRecord, StreamRecord } from '@segchain/records'
import type AllocateCommand from '../commands/allocate.js'
import { Problems } from '../compile/problems.js'
import { checkReferences } from '../compile/services.js'
import { type Allocation, emptyLock, formatLock, LOCK_FILE } from '../lock/lock-file.js'
import { missingAllocations } from './allocations.js'
import { failOn, inDirectory, loadRepository } from './load.js'

export async function runAllocate(io: ToolIo<typeof AllocateCommand>): Promise<void> {
  const directory = io.args.intents
  const { intents, lock, errors } = await loadRepository(directory)
  const problems = new Problems()
  if (errors.length === 0) checkReferences(intents, problems)
  failOn([...errors, ...problems.errors.map((error) => inDirectory(error, directory))], io.log, directory)
  const topology = await readTopology(io)
  const wanted = missingAllocations(intents, emptyLock).added
  const gone = lock.allocations.filter((entry) => !wanted.some((want) => keyOf(want) === keyOf(entry)))
  const kept = io.flags.prune ? { allocations: lock.allocations.filter((entry) => !gone.includes(entry)) } : lock
  const result = missingAllocations(intents, kept, topology)
  failOn(
    result.errors.map((error) => inDirectory(error, directory)),
    io.log,
    directory,
  )
  const file = join(directory, LOCK_FILE)
  const removed = io.flags.prune ? gone : []
  if (!io.flags['dry-run'] && result.added.length + removed.length > 0) await writeFile(file, formatLock(result.lock))
  const out = await io.open({ source: directory })
  for (const entry of removed)
    await out.write({ ...change(entry, file, 'delete'), before: `index ${entry.index}, ${entry.prefix}` })
  for (const entry of result.added)
    await out.write({ ...change(entry, file, 'create'), after: `index ${entry.index}, ${entry.prefix}` })
  await out.end({ outcome: 'ok' })
}

async function readTopology(io: ToolIo<typeof AllocateCommand>): Promise<Snapshot | undefined> {
  if (io.flags.topology === undefined) return undefined
  const records: StreamRecord<'segchain.topology/1'>[] = []
  for await (const record of io.read(io.flags.topology, 'segchain.topology/1')) records.push(record)
  return snapshotOf(records)
}

function keyOf({ owner, algorithm }: Allocation): string {
  return `${owner}|${algorithm}`
}

function change({ owner, algorithm }: Allocation, file: string, operation: 'create' | 'delete'): ChangeRecord {
  const id = `allocation:${owner}:${algorithm}`
  return { kind: 'change', id, device: 'sids.lock', operation, path: `${file}: ${owner} (algorithm ${algorithm})` }
}
