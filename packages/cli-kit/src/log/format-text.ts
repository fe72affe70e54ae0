import { styleText } from 'node:util'
import { SegchainError } from '@segchain/records/error'
import type { LogEntry, LogLevel } from './logger.js'

const STYLE = { debug: 'dim', info: 'cyan', warn: 'yellow', error: 'red' } as const satisfies Record<LogLevel, string>

/** `tool: error: r1: commit refused (…)`, the hint on a line of its own. */
export function formatText(tool: string, entry: LogEntry, colour: boolean): string {
  const paint = (style: (typeof STYLE)[LogLevel] | 'bold', text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const { message } = entry
  const level = entry.level === 'info' ? '' : `${paint(STYLE[entry.level], entry.level)}: `
  const fields = Object.entries(entry.fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${value}`)
    .join('')
  if (!(message instanceof SegchainError)) return `${tool}: ${level}${message}${fields}\n`
  const location = message.location === '' ? '' : `${paint('bold', message.location)}: `
  const hint = message.hint === undefined ? '' : `  ${paint(STYLE.info, 'hint')}: ${message.hint}\n`
  return `${tool}: ${level}${location}${message.message} [${message.code}]${fields}\n${hint}`
}
