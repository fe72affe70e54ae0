import { styleText } from 'node:util'

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

export interface Terminal {
  paint(style: Style, text: string): string
  /** A numbered section. */
  heading(title: string, explanation: string): void
  line(text?: string): void
}

const RULE_WIDTH = 72

export function createTerminal(write: (text: string) => void, colour: boolean): Terminal {
  const paint = (style: Style, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text
  let section = 0
  return {
    paint,
    line: (text = '') => write(`${text}\n`),
    heading(title, explanation) {
      section++
      const rule = '─'.repeat(Math.max(3, RULE_WIDTH - title.length - 5))
      write(
        `\n${paint('bold', `${section}  ${title}`)} ${paint('dim', rule)}\n${paint('dim', `   ${explanation}`)}\n\n`,
      )
    },
  }
}
