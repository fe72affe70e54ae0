import type { Config } from '@oclif/core'
import { baseFlags } from '../base-flags.js'
import { asArgv } from './as-argv.js'
import { type FlagShapes, shapesOf } from './flag-shape.js'
import { flagsGiven } from './given.js'
import { type CommandFlags, refuseUnknown } from './refuse-unknown.js'
import { resolveSettings } from './resolve.js'
import type { Setting } from './setting.js'
import { loadSettingsFile, type SettingsFile } from './settings-file.js'

interface CommandSources {
  readonly config: Config
  /** `show:labels`, or `show labels`. */
  readonly id: string
  readonly flags: FlagShapes
  readonly eachTime: readonly string[]
}

/** @throws {SegchainError} category `usage`, when it cannot be read or understood */
export async function loadSettings(config: Config): Promise<SettingsFile | undefined> {
  const file = await loadSettingsFile(process.env)
  if (file !== undefined) refuseUnknown(file, config.bin, commandFlags(config))
  return file
}

/** What is set for a command by the environment and by the file, for flags that its line does not have. */
export function settingsFor(
  { config, id, flags, eachTime }: CommandSources,
  file: SettingsFile | undefined,
  argv: readonly string[],
): readonly Setting[] {
  return resolveSettings({
    tool: config.bin,
    command: id.replaceAll(':', ' '),
    flags,
    common: new Set(Object.keys(baseFlags)),
    eachTime,
    given: flagsGiven(argv, flags),
    environment: process.env,
    file,
  })
}

/** The command line with the settings behind its own flags, before `--`. */
export function argvWith(settings: readonly Setting[], argv: readonly string[], flags: FlagShapes): string[] {
  const end = argv.indexOf('--')
  const at = end === -1 ? argv.length : end
  return [...argv.slice(0, at), ...asArgv(settings, flags), ...argv.slice(at)]
}

function commandFlags(config: Config): CommandFlags {
  return new Map(config.commands.map(({ id, flags }) => [id.replaceAll(':', ' '), shapesOf(flags)]))
}
