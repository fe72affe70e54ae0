import { SegchainError } from '@segchain/records/error'
import type { LogEntry } from './logger.js'

/** One JSON object a line: time, level, tool, message, and of an error code, hint, device, place. */
export function formatJson(tool: string, entry: LogEntry, time: Date): string {
  const { message, level, fields } = entry
  const body = message instanceof SegchainError ? message.toJSON() : { message }
  return `${JSON.stringify({ time: time.toISOString(), level, tool, ...body, ...fields })}\n`
}
