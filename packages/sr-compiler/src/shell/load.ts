import type { Logger } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import { parseIntents } from '../intents/intent-set.js'
import { emptyLock, type Lock, parseLock } from '../lock/lock-file.js'
import { readIntentDirectory } from './read-directory.js'

export interface Repository {
  readonly intents: IntentSet
  readonly lock: Lock
  readonly errors: readonly SegchainError[]
}

export async function loadRepository(directory: string): Promise<Repository> {
  const { files, lockText } = await readIntentDirectory(directory)
  const { intents, errors } = parseIntents(files)
  const { lock, errors: lockErrors } = lockText === undefined ? { lock: emptyLock, errors: [] } : parseLock(lockText)
  return { intents, lock, errors: [...errors, ...lockErrors].map((error) => inDirectory(error, directory)) }
}

/** Files are named as the user can open them. */
export function inDirectory(error: SegchainError, directory: string): SegchainError {
  const { file } = error.where
  if (file === undefined || directory === '.') return error
  const { category, code, message, hint, cause } = error
  const where = { ...error.where, file: `${directory.replace(/\/+$/, '')}/${file}` }
  return new SegchainError({
    category,
    code,
    message,
    where,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Every error on stderr, then one that ends the command with exit 4. Nothing when there is none. */
export function failOn(errors: readonly SegchainError[], log: Logger, directory: string): void {
  const [first] = errors
  if (first === undefined) return
  if (errors.length === 1) throw first
  for (const error of errors) log.error(error)
  const files = new Set(errors.map((error) => error.where.file).filter((file) => file !== undefined))
  throw new SegchainError({
    category: 'data',
    code: 'INTENTS_INVALID',
    message: `${errors.length} errors in ${files.size === 1 ? '1 file' : `${files.size} files`} of ${directory}: nothing is emitted`,
  })
}
