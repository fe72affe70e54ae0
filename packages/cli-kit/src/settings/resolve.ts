import { SegchainError } from '@segchain/records/error'
import type { FlagShape, FlagShapes } from './flag-shape.js'
import type { Setting } from './setting.js'
import { COMMON, type SettingsFile } from './settings-file.js'
import { fromEnvironment, variablesOf } from './variables.js'

/** What a command's flags may be set by. */
export interface Sources {
  readonly tool: string
  /** `show labels`. */
  readonly command: string
  readonly flags: FlagShapes
  /** Flags that every command has. */
  readonly common: ReadonlySet<string>
  /** Flags that count on the command line only. */
  readonly eachTime: readonly string[]
  /** Flags that the command line has. */
  readonly given: ReadonlySet<string>
  readonly environment: NodeJS.ProcessEnv
  readonly file?: SettingsFile | undefined
}

/**
 * Flag > environment > file: what is set for the flags that the command line does not have. What excludes a flag from a
 * stronger source is left aside, and what means nothing without a flag that is not there.
 *
 * @throws {SegchainError} category `usage`: `NOT_A_SETTING`, `BAD_SETTING`
 */
export function resolveSettings(sources: Sources): readonly Setting[] {
  const { flags, given } = sources
  const found = Object.entries(flags).flatMap(([flag, shape]) => {
    const setting = settingOf(sources, flag, shape)
    if (setting === undefined) return []
    refuse(sources, setting, shape)
    return given.has(flag) ? [] : [setting]
  })
  const strongestFirst = found.sort((a, b) => strength[a.origin] - strength[b.origin])
  const taken = new Set(given)
  const together = strongestFirst.filter(({ flag }) => {
    if ([...taken].some((other) => exclude(flags, flag, other))) return false
    taken.add(flag)
    return true
  })
  return together.filter(({ flag }) => (flags[flag]?.dependsOn ?? []).every((other) => taken.has(other)))
}

const strength = { environment: 0, file: 1 } as const

function settingOf(sources: Sources, flag: string, shape: FlagShape): Setting | undefined {
  const variables = variablesOf(sources.tool, flag, sources.common.has(flag))
  return fromEnvironment(sources.environment, variables, { flag, shape }) ?? fromFile(sources, flag)
}

/** What is said of the command is nearer than what is said of the tool, and that nearer than what is said of all. */
function fromFile({ file, tool, command }: Sources, flag: string): Setting | undefined {
  const mine = (file?.entries ?? []).filter((entry) => entry.flag === flag)
  const entry =
    mine.find((one) => one.tool === tool && one.command === command) ??
    mine.find((one) => one.tool === tool && one.command === undefined) ??
    mine.find((one) => one.tool === COMMON && one.command === undefined)
  return entry && { flag, values: entry.values, origin: 'file', place: `${file?.path}:${entry.line}` }
}

function exclude(flags: FlagShapes, one: string, other: string): boolean {
  return flags[one]?.exclusive?.includes(other) === true || flags[other]?.exclusive?.includes(one) === true
}

function refuse({ eachTime }: Sources, { flag, values, place }: Setting, shape: FlagShape): void {
  if (eachTime.includes(flag)) {
    throw new SegchainError({
      category: 'usage',
      code: 'NOT_A_SETTING',
      message: `${place} sets --${flag}, which counts on the command line only`,
      hint: `take it away there, and give --${flag} each time it is meant`,
    })
  }
  const problem =
    shape.multiple !== true && values.length !== 1
      ? `--${flag} takes one value`
      : shape.type === 'boolean' && !/^(true|false|yes|no|on|off|1|0)$/i.test(values[0] ?? '')
        ? `--${flag} is yes or no, and not ${JSON.stringify(values[0])}`
        : undefined
  if (problem === undefined) return
  throw new SegchainError({
    category: 'usage',
    code: 'BAD_SETTING',
    message: `${place}: ${problem}`,
    hint: 'see --help',
  })
}
