import { stripVTControlCharacters } from 'node:util'

/** The hanging part of a line begins at most here, as a part of the terminal's width. */
const INDENT_LIMIT = 0.5

/**
 * A line broken between words for a terminal of so many columns. What goes on stands under the last column of the line
 * (behind two blanks or more), or two further in than its beginning. Escape sequences of colour take no room.
 */
export function wrap(line: string, width: number): string {
  const visible = stripVTControlCharacters(line)
  if (visible.length <= width) return line
  const indent = ' '.repeat(hangingIndent(visible, width))
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S)(?= )/)) {
    const longer = current + word
    if (current === '' || stripVTControlCharacters(longer).length <= width) current = longer
    else {
      lines.push(current)
      current = indent + word.trimStart()
    }
  }
  return [...lines, current].join('\n')
}

function hangingIndent(visible: string, width: number): number {
  const start = visible.length - visible.trimStart().length
  const columns = [...visible.matchAll(/\S {2,}(?=\S)/g)].map((gap) => gap.index + gap[0].length)
  return columns.filter((column) => column <= width * INDENT_LIMIT).at(-1) ?? start + 2
}
