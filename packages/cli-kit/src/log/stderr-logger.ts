import { redact, SegchainError } from '@segchain/records/error'
import { formatJson } from './format-json.js'
import { formatText } from './format-text.js'
import { type LogEntry, type LogFields, type Logger, type LogLevel, logLevels } from './logger.js'

export interface LoggerOptions {
  readonly tool: string
  readonly format: 'text' | 'json'
  readonly level: LogLevel
  readonly colour: boolean
  readonly write: (text: string) => void
}

export function createLogger(options: LoggerOptions): Logger {
  const threshold = logLevels.indexOf(options.level)
  const log = (level: LogLevel, message: string | SegchainError, fields: LogFields = {}): void => {
    if (logLevels.indexOf(level) < threshold) return
    const safe = message instanceof SegchainError ? message : redact(message)
    const entry: LogEntry = { level, message: safe, fields }
    options.write(
      options.format === 'json'
        ? formatJson(options.tool, entry, new Date())
        : formatText(options.tool, entry, options.colour),
    )
  }
  return {
    debug: (message, fields) => log('debug', message, fields),
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, fields) => log('error', message, fields),
  }
}
