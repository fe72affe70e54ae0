import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolIo } from '@segchain/cli-kit'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { ChangeRecord, StreamRecord } from '@segchain/records'
import { checkIntents } from '../checks/index.js'
import type AllocateCommand from '../commands/allocate.js'
import { Problems } from '../compile/problems.js'
import { emptyLock, formatLock, LOCK_FILE } from '../lock/lock-file.js'
import { missingAllocations, missingLocators } from './allocations.js'
import { failOn, inDirectory, loadRepository } from './load.js'

export async function runAllocate(io: ToolIo<typeof AllocateCommand>): Promise<void> {
  const directory = io.args.intents
  const { intents, lock, errors } = await loadRepository(directory)
  const problems = new Problems()
  if (errors.length === 0) checkIntents(intents, problems)
  failOn([...errors, ...problems.errors.map((error) => inDirectory(error, directory))], io.log, directory)
  const topology = await readTopology(io)
  const wanted = missingAllocations(intents, emptyLock).added
  const gone = lock.allocations.filter((entry) => !wanted.some((want) => keyOf(want) === keyOf(entry)))
  const wantedLocators = missingLocators(intents, emptyLock).added
  const goneLocators = (lock.locators ?? []).filter(
    (entry) => !wantedLocators.some((want) => keyOf(want) === keyOf(entry)),
  )
  const { prune } = io.flags
  const kept = prune
    ? {
        ...lock,
        allocations: lock.allocations.filter((entry) => !gone.includes(entry)),
        locators: (lock.locators ?? []).filter((entry) => !goneLocators.includes(entry)),
      }
    : lock
  const result = missingAllocations(intents, kept, topology)
  const locators = missingLocators(intents, kept, topology)
  failOn(
    [...result.errors, ...locators.errors].map((error) => inDirectory(error, directory)),
    io.log,
    directory,
  )
  const file = join(directory, LOCK_FILE)
  const removed = prune ? gone : []
  const removedLocators = prune ? goneLocators : []
  const changes = result.added.length + removed.length + locators.added.length + removedLocators.length
  if (!io.flags['dry-run'] && changes > 0) {
    await writeFile(file, formatLock({ ...result.lock, locators: locators.locators }))
  }
  const out = await io.open({ source: directory })
  for (const entry of removed)
    await out.write({ ...change(entry, file, 'delete'), before: `index ${entry.index}, ${entry.prefix}` })
  for (const entry of result.added)
    await out.write({ ...change(entry, file, 'create'), after: `index ${entry.index}, ${entry.prefix}` })
  for (const entry of removedLocators)
    await out.write({ ...change(entry, file, 'delete', 'locator'), before: entry.locator })
  for (const entry of locators.added)
    await out.write({ ...change(entry, file, 'create', 'locator'), after: entry.locator })
  await out.end({ outcome: 'ok' })
}

async function readTopology(io: ToolIo<typeof AllocateCommand>): Promise<Snapshot | undefined> {
  if (io.flags.topology === undefined) return undefined
  const records: StreamRecord<'segchain.topology/1'>[] = []
  for await (const record of io.read(io.flags.topology, 'segchain.topology/1')) records.push(record)
  return snapshotOf(records)
}

interface Owned {
  readonly owner: string
  readonly algorithm: number
}

function keyOf({ owner, algorithm }: Owned): string {
  return `${owner}|${algorithm}`
}

function change(
  { owner, algorithm }: Owned,
  file: string,
  operation: 'create' | 'delete',
  what: 'allocation' | 'locator' = 'allocation',
): ChangeRecord {
  const id = `${what}:${owner}:${algorithm}`
  return { kind: 'change', id, device: 'sids.lock', operation, path: `${file}: ${owner} (algorithm ${algorithm})` }
}
