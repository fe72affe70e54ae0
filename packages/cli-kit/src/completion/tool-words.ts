import type { Config } from '@oclif/core/config'

/** What can stand on a tool's command line. */
export interface ToolWords {
  readonly bin: string
  readonly commands: readonly CommandWords[]
}

export interface CommandWords {
  /** `show labels` */
  readonly words: string
  readonly summary: string
  readonly flags: readonly FlagWords[]
}

export interface FlagWords {
  readonly name: string
  /** The letter, of those that have one. */
  readonly char?: string
  readonly summary: string
  readonly takesValue: boolean
  /** The only values that there are; empty where any will do. */
  readonly values: readonly string[]
}

/** From the manifest: no command is loaded for it. */
export function toolWords(config: Config): ToolWords {
  const commands = config.commands
    .filter((command) => !command.hidden)
    .map(({ id, summary, flags }) => ({
      words: id.replaceAll(':', ' '),
      summary: oneLine(summary),
      flags: Object.entries(flags).map(([name, flag]) => ({
        ...{ name, summary: oneLine(flag.summary ?? flag.description), takesValue: flag.type === 'option' },
        ...(flag.char === undefined ? {} : { char: flag.char }),
        values: flag.type === 'option' ? [...(flag.options ?? [])] : [],
      })),
    }))
  return { bin: config.bin, commands: commands.sort((a, b) => (a.words < b.words ? -1 : 1)) }
}

/** What can follow these words (`''`, `show`): the next word of each command that begins so. */
export function wordsAfter(start: string, { commands }: ToolWords): string[] {
  const prefix = start === '' ? '' : `${start} `
  const next = commands.filter(({ words }) => words.startsWith(prefix)).map(({ words }) => words.slice(prefix.length))
  return [...new Set(next.map((rest) => rest.split(' ')[0] ?? ''))]
}

/** Everything that a command or a topic begins with: `''`, `show`, `show labels`. */
export function startsOf({ commands }: ToolWords): string[] {
  const starts = commands.flatMap(({ words }) => words.split(' ').map((_, i, all) => all.slice(0, i + 1).join(' ')))
  return ['', ...new Set(starts)]
}

function oneLine(text = ''): string {
  return text.replace(/\s+/g, ' ').trim()
}
