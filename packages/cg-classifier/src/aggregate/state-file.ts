import { readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { fileFailure } from '../file-failure.js'
import type { SessionState } from './aggregator.js'
import type { SessionRule } from './session-rule.js'

const failure = fileFailure('remove the file to begin anew, or name another one')

export const DEFAULT_RULE = fileURLToPath(new URL('../../../model/session-rule.json', import.meta.url))

/** @throws {SegchainError} category `usage`, code `RULE`. */
export async function readRule(path: string): Promise<SessionRule> {
  const value = await readJson(path, 'RULE')
  const rule = value as Partial<SessionRule>
  const inside = (x: unknown) => typeof x === 'number' && x > 0 && x < 1
  const { p0, p1, alpha, beta, designEffect, maxWindows = 1, reserve = 0 } = rule ?? {}
  const whole = Number.isSafeInteger(maxWindows) && maxWindows > 0
  if (
    ![p0, p1, alpha, beta].every(inside) ||
    Number(p0) >= Number(p1) ||
    !(Number(designEffect) >= 1) ||
    !whole ||
    !(reserve >= 0)
  ) {
    throw failure(
      'RULE',
      path,
      'no session rule: 0 < p0 < p1 < 1, 0 < alpha, beta < 1, designEffect ≥ 1, reserve ≥ 0 and maxWindows a whole number if given',
    )
  }
  return rule as SessionRule
}

/** The sessions of an earlier run; none when the file is not there yet. @throws {SegchainError} code `STATE`. */
export async function readState(path: string): Promise<[string, SessionState][]> {
  const value = await readJson(path, 'STATE', true)
  if (value === undefined) return []
  if (!Array.isArray(value) || !value.every(isEntry)) throw failure('STATE', path, 'no state of aggregate')
  return value
}

/** Written beside and renamed: a crash leaves the old state or the new one. */
export async function writeState(path: string, state: readonly (readonly [string, SessionState])[]): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(state))
  await rename(`${path}.new`, path)
}

function isEntry(entry: unknown): entry is [string, SessionState] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false
  const state = entry[1] as Partial<SessionState> | null
  const counts = [state?.windows, state?.windowsOfClass, state?.evidence?.logRatio, state?.evidence?.undecided]
  return counts.every((x) => typeof x === 'number') && typeof state?.ends?.sourceAddress === 'string'
}

async function readJson(path: string, code: string, mayMiss = false): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    if (mayMiss && (cause as { code?: string }).code === 'ENOENT') return undefined
    throw failure(code, path, `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}
