import { Flags } from '@oclif/core'
import { logLevels } from './log/logger.js'
import type { OnError } from './ndjson/read-records.js'
import { type OutputFormat, outputFormats } from './output/renderer.js'

/** What every command understands. */
export const baseFlags = {
  output: Flags.custom<OutputFormat>({
    char: 'o',
    options: [...outputFormats],
    summary: 'how records are shown; a table on a terminal, NDJSON elsewhere',
    helpGroup: 'COMMON',
  })(),
  'on-error': Flags.custom<OnError>({
    options: ['fail', 'skip', 'tag'],
    default: 'fail',
    summary: 'what a bad input line does: end with exit 4, be counted, or become an error record',
    helpGroup: 'COMMON',
  })(),
  'log-format': Flags.custom<'text' | 'json'>({
    options: ['text', 'json'],
    default: 'text',
    summary: 'how stderr is written',
    helpGroup: 'COMMON',
  })(),
  'log-level': Flags.custom<(typeof logLevels)[number]>({
    options: [...logLevels],
    default: 'info',
    summary: 'from which level on stderr is written',
    helpGroup: 'COMMON',
  })(),
}
