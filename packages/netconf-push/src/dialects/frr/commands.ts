import type { Command } from './diff.js'

/** What may stand in a command: no quotes, no control characters, nothing that a shell would read. */
const SAFE = /^[A-Za-z0-9 ./:_-]+$/

/**
 * The arguments of one vtysh call that gives all commands. vtysh stops at the first that fails and
 * exits with an error.
 *
 * @throws {Error} a line with a character that no command of ours has.
 */
export function vtyshArguments(commands: readonly Command[]): string {
  const lines = ['configure terminal']
  for (const { context, line } of commands) lines.push(...context, line, ...context.map(() => 'exit'))
  return lines
    .map((line) => {
      if (!SAFE.test(line)) throw new Error(`not a line for vtysh: ${JSON.stringify(line)}`)
      return `-c '${line}'`
    })
    .join(' ')
}
