import { SegchainError } from '@segchain/records/error'

export interface Unreadable {
  /** What the message says could not be read; the path, when nothing is said. */
  readonly what?: string
  readonly hint?: string
}

/** The one error for a file or a folder that cannot be read: category `usage`, code `CANNOT_READ`. */
export function cannotRead(path: string, cause: unknown, { what = path, hint }: Unreadable = {}): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'CANNOT_READ',
    message: `cannot read ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
    ...(hint === undefined ? {} : { hint }),
    where: { file: path },
    cause,
  })
}
