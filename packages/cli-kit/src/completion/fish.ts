import { type FlagWords, startsOf, type ToolWords, wordsAfter } from './tool-words.js'

/** Lines for fish's `complete`, with what each word is for. */
export function fishCompletion(tool: ToolWords): string {
  const seen = `__${tool.bin.replaceAll('-', '_')}_at`
  const lines = startsOf(tool).flatMap((start) => {
    const at = `-n ${quoted(`${seen} ${start}`.trim())}`
    const command = tool.commands.find(({ words }) => words === start)
    const next = wordsAfter(start, tool).map((word) => {
      const summary = tool.commands.find(({ words }) => words === `${start} ${word}`.trim())?.summary ?? ''
      return `complete -c ${tool.bin} ${at} -f -a ${quoted(word)} -d ${quoted(summary)}`
    })
    const flags = (command?.flags ?? []).map((flag) => `complete -c ${tool.bin} ${at} ${flagWords(flag)}`)
    return [...next, ...flags]
  })
  return [
    `# fish completion of ${tool.bin}:  ${tool.bin} completion fish | source`,
    '# Is the command line at these words? Flags and what follows a command do not count.',
    `function ${seen}`,
    '  set -l words (commandline -opc)[2..]',
    "  set -l commands (string match -v -- '-*' $words)",
    `  set -l known ${startsOf(tool).slice(1).map(quoted).join(' ')}`,
    '  set -l start',
    '  for word in $commands',
    '    contains -- (string join " " $start $word) $known; or break',
    '    set -a start $word',
    '  end',
    '  test "$start" = "$argv"',
    'end',
    ...lines,
    '',
  ].join('\n')
}

function flagWords({ name, char, summary, takesValue, values }: FlagWords): string {
  return [
    `-l ${name}`,
    ...(char === undefined ? [] : [`-s ${char}`]),
    ...(takesValue ? ['-r'] : []),
    ...(values.length > 0 ? [`-f -a ${quoted(values.join(' '))}`] : []),
    `-d ${quoted(summary)}`,
  ].join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
