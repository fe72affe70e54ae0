import type { SegchainError } from '@segchain/records/error'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** Talk for people and for log collectors: always stderr, never stdout. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string | SegchainError, fields?: LogFields): void
  error(message: string | SegchainError, fields?: LogFields): void
}

/** Structured details; on a terminal shown behind the message. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface LogEntry {
  readonly level: LogLevel
  readonly message: string | SegchainError
  readonly fields: LogFields
}
