import { redact } from './redact.js'

export { redact } from './redact.js'

/**
 * What kind of trouble it is. Every category has one exit code, the same in all tools
 * (the table is in `@segchain/cli-kit`, exit-codes.ts).
 */
export type ErrorCategory =
  /** Wrong flags, arguments, configuration file, or a file that cannot be read. */
  | 'usage'
  /** Input data that cannot be understood: a record, an intent, a capture. */
  | 'data'
  /** Some of several targets failed. */
  | 'targets'
  /** No connection, no authentication, an unknown or a changed host key. */
  | 'connect'
  /** The device said no, or what was applied was rolled back. */
  | 'rejected'
  /** The plan is older than what it is applied to, or somebody else holds the lock. */
  | 'stale'
  /** A defect of ours. */
  | 'internal'

/** Where the trouble is. Lines and columns count from 1, offsets (bytes) from 0. */
export interface ErrorLocation {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly offset?: number
  /** Path inside a record or a message: `update/mp_reach/link/sid`, `/segments/0/label`. */
  readonly path?: string
  readonly device?: string
}

export interface ErrorDetails {
  readonly category: ErrorCategory
  /** Stable, for programs: `SEGCHAIN_` is not repeated here. Upper case, underscores. */
  readonly code: string
  /** What happened, in a sentence for people. Secrets in it are redacted. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  readonly where?: ErrorLocation
  readonly cause?: unknown
}

/**
 * The only error class that crosses a package boundary. Everything that is printed of it has gone
 * through {@link redact}; the message of a foreign cause too.
 */
export class SegchainError extends Error {
  readonly category: ErrorCategory
  readonly code: string
  readonly hint: string | undefined
  readonly where: ErrorLocation

  constructor(details: ErrorDetails) {
    super(redact(details.message), details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'SegchainError'
    this.category = details.category
    this.code = details.code
    this.hint = details.hint === undefined ? undefined : redact(details.hint)
    this.where = details.where ?? {}
  }

  /** The same error, with the location completed by what the caller knows (its own values win). */
  at(where: ErrorLocation): SegchainError {
    const moved = new SegchainError({
      category: this.category,
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      where: { ...where, ...this.where },
      ...(this.cause === undefined ? {} : { cause: this.cause }),
    })
    if (this.stack !== undefined) moved.stack = this.stack
    return moved
  }

  /** `intents/chain.yaml:12:3`, `r1`, `stdin:7: /kind`; empty when nothing is known. */
  get location(): string {
    const { file, line, column, offset, path, device } = this.where
    const place = [file, line, column].filter((part) => part !== undefined).join(':')
    const inside = [path, offset === undefined ? undefined : `offset ${offset}`].filter(Boolean).join(' at ')
    return [device, place, inside].filter((part) => part !== undefined && part !== '').join(': ')
  }

  toJSON(): ErrorRecordBody {
    return {
      code: this.code,
      category: this.category,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...this.where,
      ...(this.cause === undefined ? {} : { cause: redact(causeText(this.cause)) }),
    }
  }
}

/** An error as it stands in a log line (`--log-format json`) and in result records. */
export interface ErrorRecordBody extends ErrorLocation {
  readonly code: string
  readonly category: ErrorCategory
  readonly message: string
  readonly hint?: string
  readonly cause?: string
}

/** Any thrown value as our error: ours unchanged, everything else as an internal one. */
export function toSegchainError(thrown: unknown): SegchainError {
  if (thrown instanceof SegchainError) return thrown
  return new SegchainError({
    category: 'internal',
    code: 'INTERNAL',
    message: causeText(thrown),
    hint: 'this is a defect of segchain: please report it with the command and --log-format json',
    cause: thrown,
  })
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
