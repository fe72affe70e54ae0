import { SegchainError } from '@segchain/records'
import type { Command } from './diff.js'

/** What may stand in a command: no quotes, no control characters, nothing that a shell would read. */
const SAFE = /^[A-Za-z0-9 ./:_-]+$/

/**
 * The arguments of one vtysh call that gives all commands. vtysh stops at the first that fails and
 * exits with an error.
 *
 * @throws {SegchainError} category `data`, code `LINE_NOT_SAFE`: a line with a character that no command of ours has.
 */
export function vtyshArguments(commands: readonly Command[]): string {
  const lines = ['configure terminal']
  for (const { context, line } of commands) lines.push(...context, line, ...context.map(() => 'exit'))
  return lines.map((line) => `-c '${safe(line)}'`).join(' ')
}

function safe(line: string): string {
  if (SAFE.test(line)) return line
  throw new SegchainError({
    category: 'data',
    code: 'LINE_NOT_SAFE',
    message: `not a line for vtysh: ${JSON.stringify(line)}`,
    hint: 'a name in the plan, or in the configuration that is there, has characters that a shell would read',
  })
}
