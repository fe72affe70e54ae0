import { startsOf, type ToolWords, wordsAfter } from './tool-words.js'

/** A function for bash's `complete`; file names where nothing else is known. */
export function bashCompletion(tool: ToolWords): string {
  const name = `_${tool.bin.replaceAll('-', '_')}`
  const starts = startsOf(tool)
  const values = tool.commands.flatMap(({ words, flags }) =>
    flags
      .filter((flag) => flag.takesValue)
      .map(({ name: flag, char, values: known }) => {
        const patterns = [`--${flag}`, ...(char === undefined ? [] : [`-${char}`])].map((one) =>
          quoted(`${words} ${one}`),
        )
        return `    ${patterns.join('|')}) ${known.length === 0 ? 'COMPREPLY=()' : reply(known)}; return ;;`
      }),
  )
  const commands = starts.map((start) => {
    const flags = tool.commands.find(({ words }) => words === start)?.flags ?? []
    const after = [...flags.map((flag) => `--${flag.name}`), '--help']
    return `    ${quoted(start)}) if [[ $current == -* ]]; then ${reply(after)}; else ${reply(wordsAfter(start, tool))}; fi ;;`
  })
  return [
    `# bash completion of ${tool.bin}:  source <(${tool.bin} completion bash)`,
    `${name}() {`,
    `  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} start='' word`,
    '  # bash takes --flag=value for three words.',
    `  if [[ $current == '=' ]]; then current=''; elif [[ $previous == '=' ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi`,
    `  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do`,
    `    case "\${start:+$start }$word" in`,
    `      ${starts.slice(1).map(quoted).join('|')}) start="\${start:+$start }$word" ;;`,
    '      *) break ;;',
    '    esac',
    '  done',
    '  case "$start $previous" in',
    ...values,
    '  esac',
    '  case "$start" in',
    ...commands,
    '  esac',
    '}',
    `complete -o default -F ${name} ${tool.bin}`,
    '',
  ].join('\n')
}

function reply(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$current"))`
}

/** Names of commands and flags, and values of flags, have no quotes in them; whoever adds one is safe too. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
