import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SegchainError } from '@segchain/records/error'
import { cannotRead } from '../files/cannot-read.js'
import type { FileEntry } from './file-entry.js'

export interface SettingsFile {
  readonly path: string
  readonly entries: readonly FileEntry[]
}

/** Of all tools. */
export const COMMON = 'common'

/** `SEGCHAIN_CONFIG` (empty: none), otherwise `segchain/config.yaml` in the folder where a user's settings are. */
export function settingsPath(environment: NodeJS.ProcessEnv): { readonly path: string; readonly named: boolean } {
  const named = environment.SEGCHAIN_CONFIG
  if (named !== undefined) return { path: named, named: true }
  const folder = environment.XDG_CONFIG_HOME
  const base = folder === undefined || folder === '' ? join(homedir(), '.config') : folder
  return { path: join(base, 'segchain', 'config.yaml'), named: false }
}

/**
 * @returns nothing where there is no file.
 * @throws {SegchainError} category `usage`: `CANNOT_READ`, `SETTINGS_NOT_OURS` when somebody else could have written
 * it (it says which host keys are trusted), `SETTINGS` with its line.
 */
export async function loadSettingsFile(environment: NodeJS.ProcessEnv): Promise<SettingsFile | undefined> {
  const { path, named } = settingsPath(environment)
  if (path === '') return undefined
  let text: string
  try {
    refuseOthers(path, await stat(path))
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof SegchainError) throw cause
    if (!named && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw cannotRead(path, cause)
  }
  const { parseSettings } = await import('./parse-settings.js')
  return { path, entries: parseSettings(text, path) }
}

function refuseOthers(path: string, { uid, mode }: { readonly uid: number; readonly mode: number }): void {
  const us = process.getuid?.()
  const foreign = us !== undefined && uid !== us && uid !== 0
  if (!foreign && (mode & 0o002) === 0) return
  throw new SegchainError({
    category: 'usage',
    code: 'SETTINGS_NOT_OURS',
    message: foreign ? `${path} belongs to another user` : `anybody can write to ${path}`,
    hint: foreign ? 'copy it, or name another file in SEGCHAIN_CONFIG' : `chmod o-w ${path}`,
    where: { file: path },
  })
}
