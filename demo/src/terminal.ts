import { styleText } from 'node:util'
import { wrap } from './wrap.js'

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

export interface Terminal {
  paint(style: Style, text: string): string
  /** A numbered section. */
  heading(title: string, explanation: string): void
  line(text?: string): void
  /** A line to be pasted: never broken. */
  whole(text: string): void
}

const RULE_WIDTH = 72

/** @param width columns, for lines that are to be broken where they do not fit. */
export function createTerminal(
  write: (text: string) => void,
  colour: boolean,
  width = Number.POSITIVE_INFINITY,
): Terminal {
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text
  let section = 0
  return {
    paint,
    line: (text = '') => write(`${wrap(text, width)}\n`),
    whole: (text) => write(`${text}\n`),
    heading(title, explanation) {
      section++
      const rule = '─'.repeat(Math.max(3, RULE_WIDTH - title.length - 5))
      write(
        `\n${paint('bold', `${section}  ${title}`)} ${paint('dim', rule)}\n${paint('dim', wrap(`   ${explanation}`, width))}\n\n`,
      )
    },
  }
}
