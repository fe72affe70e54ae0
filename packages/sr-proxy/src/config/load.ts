import { readText } from '@segchain/cli-kit/files'
import { type ErrorLocation, SegchainError } from '@segchain/records'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import { checkedBy } from './check.js'
import { Config } from './schema.js'

/** @throws {SegchainError} category `usage`, with file and line */
export async function loadConfig(file: string): Promise<Config> {
  return parseConfig(await readText(file), file)
}

export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  const [syntax] = document.errors
  if (syntax !== undefined) {
    const { line, col } = lines.linePos(syntax.pos[0])
    throw new SegchainError({
      category: 'usage',
      code: 'YAML_SYNTAX',
      message: syntax.message,
      where: { file, line, column: col },
    })
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  return checkedBy(Config, 'usage', 'the configuration', (path) => locate(document, lines, file, path))(value ?? {})
}

function locate(document: Document, lines: LineCounter, file: string, path: readonly string[]): ErrorLocation {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(
      path.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
      true,
    )
    if (isNode(node) && node.range) return { file, ...linePosition(lines, node.range[0]) }
  }
  return { file, line: 1 }
}

function linePosition(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}
