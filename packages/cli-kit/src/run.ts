import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { SegchainError, toSegchainError } from '@segchain/records/error'
import { wantsColour } from './colour.js'
import { exitCodeOfCategory } from './exit-codes.js'
import { createLogger } from './log/stderr-logger.js'
import { variablesOf } from './settings/variables.js'
import { usageMessage } from './usage-message.js'

/**
 * Runs a tool: what `bin/<tool>.js` calls with its `import.meta.url`. Never calls process.exit
 * before stdout has taken everything, and never lets an error end in a stack trace.
 */
export async function runTool(binUrl: string, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  nameNamelessUser()
  const { Config } = await import('@oclif/core/config')
  const config = await Config.load(fileURLToPath(binUrl))
  let running: string | undefined
  try {
    const { helpAddition, versionAddition } = await import('@oclif/core/run')
    const list = [...argv]
    if (versionAddition(list, config)) {
      process.stdout.write(`${config.userAgent}\n`)
    } else if (helpAddition(list, config)) {
      const { ToolHelp } = await import('./help.js')
      await new ToolHelp(config).showHelp(list)
      // Nothing was asked for: that is a mistake in a script, and the page is the answer.
      if (list.length === 0) process.exitCode = exitCodeOfCategory.usage
    } else if (list[0] === 'completion') {
      const { completionScript } = await import('./completion/index.js')
      process.stdout.write(completionScript(config, list.slice(1)))
    } else {
      const { normalizeArgv } = await import('@oclif/core/help')
      const [normal, ...others] = normalizeArgv(config, list)
      const [id, rest] =
        normal !== undefined && config.findCommand(normal) !== undefined
          ? [normal, others]
          : commandAtStart(list, config.commandIDs)
      running = id
      await config.runCommand(id, rest)
    }
  } catch (thrown) {
    const error = asError(thrown)
    // Somebody at a terminal who gave nothing to work on wants to know what it takes.
    const command = error.code === 'NO_INPUT' && running !== undefined ? config.findCommand(running) : undefined
    if (command !== undefined) {
      const { ToolHelp } = await import('./help.js')
      process.stderr.write(`${new ToolHelp(config).formatCommand(command)}\n\n`)
    }
    report(config.bin, argv, error)
    process.exitCode = exitCodeOfCategory[error.category]
  }
}

/**
 * In a container a process may run as a user without a passwd entry. oclif asks for the user's shell, and
 * `os.userInfo` throws then: every tool would end before it began.
 */
function nameNamelessUser(): void {
  try {
    os.userInfo()
  } catch {
    const uid = process.getuid?.() ?? -1
    const gid = process.getgid?.() ?? -1
    const user = { username: String(uid), uid, gid, shell: null, homedir: os.homedir() }
    os.userInfo = (() => user) as typeof os.userInfo
  }
}

function asError(thrown: unknown): SegchainError {
  if (!isUsageError(thrown)) return toSegchainError(thrown)
  return new SegchainError({
    category: 'usage',
    code: 'USAGE',
    message: usageMessage(thrown),
    hint: 'see --help',
  })
}

/** Every parse error of oclif carries `parse` or an exit code of its own. */
function isUsageError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && ('parse' in thrown || 'oclif' in thrown)
}

/**
 * The command that the line begins with, and what comes after it. oclif takes `generate stadia` for the id
 * `generate:stadia` where `generate` has no arguments; the command itself says better what is too much.
 *
 * @throws {SegchainError} category `usage`, code `UNKNOWN_COMMAND`
 */
function commandAtStart(argv: readonly string[], commands: readonly string[]): [id: string, rest: string[]] {
  const [id] = commands
    .filter((command) => command.split(':').every((word, i) => word === argv[i]))
    .sort((a, b) => b.length - a.length)
  if (id === undefined) throw unknownCommand(argv, commands)
  return [id, argv.slice(id.split(':').length)]
}

function unknownCommand(argv: readonly string[], commands: readonly string[]): SegchainError {
  const names = commands.map((id) => id.replaceAll(':', ' ')).sort()
  return new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_COMMAND',
    message: `there is no command ${JSON.stringify(argv[0] ?? '')}`,
    hint: `there is: ${names.join(', ')}; see --help`,
  })
}

function report(tool: string, argv: readonly string[], error: SegchainError): void {
  const json = saysJson(tool, argv)
  const log = createLogger({
    tool,
    format: json ? 'json' : 'text',
    level: 'error',
    colour: wantsColour(process.stderr, process.env),
    write: (text) => process.stderr.write(text),
  })
  log.error(error)
}

/** Also where the command itself was not reached: what is wrong may be in the flags. */
function saysJson(tool: string, argv: readonly string[]): boolean {
  const given = argv.findIndex((word) => /^--log-format(=|$)/.test(word))
  if (given !== -1) return argv[given] === '--log-format=json' || argv[given + 1] === 'json'
  const [nearest] = variablesOf(tool, 'log-format', true).flatMap((name) => process.env[name]?.trim() || [])
  return nearest === 'json'
}
