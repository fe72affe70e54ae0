import { Args, type Command, Flags } from '@oclif/core'
import { SegchainError, type SettingRecord } from '@segchain/records'
import { baseFlags } from '../base-flags.js'
import { type FlagShape, shapesOf } from '../settings/flag-shape.js'
import { loadSettings, settingsFor } from '../settings/for-command.js'
import type { Setting } from '../settings/setting.js'
import type { SettingsFile } from '../settings/settings-file.js'
import { ToolCommand } from '../tool-command.js'
import type { ToolIo } from '../tool-io.js'

/** `TOOL config show`, the same in every tool. */
export class ConfigShow extends ToolCommand<typeof ConfigShow> {
  static override summary = 'show what flags are set to by the environment and the settings file'
  static override schema = 'segchain.setup/1' as const
  static override examples = [
    '<%= config.bin %> config show --origin',
    '<%= config.bin %> config show --origin -o ndjson | jq -r \'select(.origin == "environment") | .place\'',
  ]
  static override args = {
    command: Args.string({ ignoreStdin: true, description: 'all that this command would run with, its defaults too' }),
  }
  static override flags = {
    origin: Flags.boolean({ description: 'say where each value comes from' }),
  }

  protected async execute(io: ToolIo<typeof ConfigShow>): Promise<void> {
    const file = await loadSettings(this.config)
    const asked = io.args.command?.replaceAll(' ', ':')
    const commands = this.config.commands.filter(({ id }) => asked === undefined || id === asked)
    if (commands.length === 0) throw noSuchCommand(asked ?? '', this.config.commandIDs)
    const out = await io.open()
    for (const command of commands) {
      for (const record of this.#settingsOf(command, file, asked !== undefined)) {
        const { origin, place, ...said } = record
        await out.write(io.flags.origin ? record : said)
      }
    }
    await out.end({ outcome: 'ok' })
  }

  #settingsOf(command: Command.Loadable, file: SettingsFile | undefined, whole: boolean): readonly SettingRecord[] {
    const { id } = command
    const flags = shapesOf(baseFlags, command.flags)
    const { eachTime } = command as { readonly eachTime?: readonly string[] }
    const settings = settingsFor({ config: this.config, id, flags, eachTime: eachTime ?? [] }, file, [])
    const name = id.replaceAll(':', ' ')
    const set = settings.map((setting) => recordOf(name, setting))
    const defaults = Object.entries(flags).flatMap(([flag, shape]) =>
      settings.some((setting) => setting.flag === flag) ? [] : defaultOf(name, flag, shape),
    )
    return whole ? [...set, ...defaults] : set
  }
}

function recordOf(command: string, { flag, values, origin, place }: Setting): SettingRecord {
  return { kind: 'setting', id: `${command} --${flag}`, command, flag, values: [...values], origin, place }
}

function defaultOf(command: string, flag: string, shape: FlagShape): readonly SettingRecord[] {
  if (shape.default === undefined || shape.default === false) return []
  const values = (Array.isArray(shape.default) ? shape.default : [shape.default]).map(String)
  return [{ kind: 'setting', id: `${command} --${flag}`, command, flag, values, origin: 'default' }]
}

function noSuchCommand(command: string, commands: readonly string[]): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_COMMAND',
    message: `there is no command ${JSON.stringify(command.replaceAll(':', ' '))}`,
    hint: `there is: ${[...commands]
      .map((id) => id.replaceAll(':', ' '))
      .sort()
      .join(', ')}`,
  })
}
