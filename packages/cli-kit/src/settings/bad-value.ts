import { SegchainError } from '@segchain/records/error'
import { usageMessage } from '../usage-message.js'
import type { Setting } from './setting.js'

/** What oclif says of a flag that the command line does not have needs the place where it is set. */
export function placedAt(error: unknown, settings: readonly Setting[]): unknown {
  if (!(error instanceof Error) || !('parse' in error || 'oclif' in error)) return error
  const concerned = settings.filter(({ flag, values }) =>
    [`--${flag}`, ...values].some((word) => error.message.includes(word)),
  )
  if (concerned.length === 0) return error
  return new SegchainError({
    category: 'usage',
    code: 'BAD_SETTING',
    message: usageMessage(error),
    hint: `set by ${concerned.map(({ flag, place }) => `${place} (--${flag})`).join(', ')}`,
  })
}
