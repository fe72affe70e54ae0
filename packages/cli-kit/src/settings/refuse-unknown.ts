import { SegchainError } from '@segchain/records/error'
import type { FlagShapes } from './flag-shape.js'
import { COMMON, type SettingsFile } from './settings-file.js'

/** By command, `show labels`. */
export type CommandFlags = ReadonlyMap<string, FlagShapes>

/**
 * A word that is not understood would be a setting that is lost in silence.
 *
 * @throws {SegchainError} category `usage`, code `UNKNOWN_SETTING`, with its line
 */
export function refuseUnknown({ path, entries }: SettingsFile, tool: string, commands: CommandFlags): void {
  for (const { tool: of, command, flag, line } of entries) {
    if (of !== tool && of !== COMMON) continue
    const places = command === undefined ? [...commands.keys()] : [command]
    if (places.some((name) => Object.hasOwn(commands.get(name) ?? {}, flag))) continue
    const known = command === undefined || commands.has(command)
    throw new SegchainError({
      category: 'usage',
      code: 'UNKNOWN_SETTING',
      message: known
        ? `${of === COMMON ? 'no command' : [tool, command].filter(Boolean).join(' ')} has no flag --${flag}`
        : `${tool} has no command ${JSON.stringify(command)}`,
      hint: known
        ? `see ${tool} ${command ?? 'COMMAND'} --help`
        : `there is: ${[...commands.keys()].sort().join(', ')}`,
      where: { file: path, line },
    })
  }
}
