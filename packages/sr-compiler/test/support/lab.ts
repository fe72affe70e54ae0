import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import { type StreamRecord, validateRecord } from '@segchain/records'
import { type CompileResult, compile, emptyLock, type IntentFile, parseIntents, parseLock } from '../../src/index.js'

const root = join(import.meta.dirname, '../../..')
export const exampleDirectory = join(root, '../../examples/cloud-gaming')
export const topologyFile = join(root, 'test/fixtures/frr-isis-flex.topology.ndjson')

export function labRecords(): StreamRecord<'segchain.topology/1'>[] {
  const lines = readFileSync(topologyFile, 'utf8').trimEnd().split('\n')
  return lines.map((line) => validateRecord('segchain.topology/1', JSON.parse(line)))
}

export function labTopology(): Snapshot {
  return snapshotOf(labRecords())
}

/** The files of examples/cloud-gaming, with some replaced or added (an empty text takes one away). */
export function exampleFiles(changes: Readonly<Record<string, string>> = {}): IntentFile[] {
  const names = readdirSync(exampleDirectory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  )
  const files = new Map(names.map((file) => [file, readFileSync(join(exampleDirectory, file), 'utf8')]))
  for (const [file, text] of Object.entries(changes)) files.set(file, text)
  return [...files].filter(([, text]) => text !== '').map(([file, text]) => ({ file, text }))
}

export function exampleLock() {
  return parseLock(readFileSync(join(exampleDirectory, 'sids.lock'), 'utf8')).lock
}

export interface Options {
  readonly topology?: Snapshot
  readonly locked?: boolean
  readonly unreachable?: 'error' | 'warn'
}

/** Compiles files as the command does: errors of the intents come first. */
export function compileFiles(files: readonly IntentFile[], options: Options = {}): CompileResult {
  const { intents, errors } = parseIntents(files)
  if (errors.length > 0) return { errors, warnings: [] }
  return compile({
    intents,
    lock: options.locked === true ? exampleLock() : emptyLock,
    topology: options.topology ?? labTopology(),
    mayAllocate: options.locked !== true,
    unreachable: options.unreachable ?? 'error',
  })
}

/** Another directory below examples/. */
export function filesOf(example: string): IntentFile[] {
  const directory = join(root, '../../examples', example)
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .map((file) => ({ file, text: readFileSync(join(directory, file), 'utf8') }))
}

export function lockOf(example: string) {
  return parseLock(readFileSync(join(root, '../../examples', example, 'sids.lock'), 'utf8')).lock
}
