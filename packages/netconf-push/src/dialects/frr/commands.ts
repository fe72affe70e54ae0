import { SegchainError } from '@segchain/records'
import type { Command } from './diff.js'

/** What may stand in a command: no quotes, no control characters, nothing that a shell would read. */
const SAFE = /^[A-Za-z0-9 ./:_-]+$/

/**
 * Begun anew for each command: FRR 10 leaves `link-params` by itself after `no enable`, so that counted `exit`s would leave
 * the configuration mode.
 */
const CONFIGURE = 'configure terminal'

/** Of the arguments of one call: a shell takes 128 KiB (Linux, MAX_ARG_STRLEN). */
const MAX_BYTES = 64 * 1024

/** Commands in as few calls as a shell takes, in their order. @throws {SegchainError} as {@link vtyshArguments}. */
export function vtyshCalls(commands: readonly Command[]): string[] {
  const calls: string[] = []
  let some: Command[] = []
  let bytes = 0
  for (const command of commands) {
    const size = vtyshArguments([command]).length + 1
    if (some.length > 0 && bytes + size > MAX_BYTES) {
      calls.push(vtyshArguments(some))
      some = []
      bytes = 0
    }
    some.push(command)
    bytes += size
  }
  return some.length === 0 ? calls : [...calls, vtyshArguments(some)]
}

/**
 * The arguments of one vtysh call that gives all commands. vtysh stops at the first that fails and
 * exits with an error.
 *
 * @throws {SegchainError} category `data`, code `LINE_NOT_SAFE`: a line with a character that no command of ours has.
 */
export function vtyshArguments(commands: readonly Command[]): string {
  const lines = commands.flatMap(({ context, line }) => [CONFIGURE, ...context, line, 'end'])
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
