import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { SegchainError } from '@segchain/records'
import type { IdState } from '../tables/ids.js'
import type { Tables } from '../tables/schema.js'

/** What the daemon must know after its end: whose tables, and which number means what. */
export interface State {
  readonly version: 1
  readonly owners: Readonly<Record<string, Tables>>
  readonly ids?: IdState
}

/** @returns undefined when there is none. @throws {SegchainError} `usage`, `STATE`: it cannot be used */
export function readState(file: string): State | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw stateError(file, 'cannot be read', cause)
  }
  try {
    const state: unknown = JSON.parse(text)
    if (isState(state)) return state
  } catch (cause) {
    throw stateError(file, 'is no JSON', cause)
  }
  throw stateError(file, 'is of another version', undefined)
}

/** All of it or, when we end in the middle, what was there before. */
export function writeState(file: string, state: State): void {
  const fresh = `${file}.new`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const descriptor = openSync(fresh, 'w', 0o600)
    try {
      writeSync(descriptor, JSON.stringify(state))
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(fresh, file)
  } catch (cause) {
    throw stateError(file, 'cannot be written', cause)
  }
}

function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1 && 'owners' in value
}

function stateError(file: string, what: string, cause: unknown): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'STATE',
    message: `the state ${what}${cause instanceof Error ? `: ${cause.message}` : ''}`,
    hint: 'without it the tables are pushed again: move the file away, then proxy-push apply',
    where: { file },
  })
}
