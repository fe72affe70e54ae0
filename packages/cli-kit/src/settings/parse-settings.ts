import { SegchainError } from '@segchain/records/error'
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { FileEntry } from './file-entry.js'

/**
 * A map of tools (`common` for all of them), in each a map of flags; a map in that is of one command.
 *
 * @throws {SegchainError} category `usage`, code `SETTINGS`, with the line
 */
export function parseSettings(text: string, file: string): readonly FileEntry[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const wrong = (offset: number | undefined, message: string): SegchainError =>
    new SegchainError({
      category: 'usage',
      code: 'SETTINGS',
      message,
      hint: 'for example: sr-compiler: {failover: all} or common: {log-level: warn}',
      where: { file, ...(offset === undefined ? {} : { line: lines.linePos(offset).line }) },
    })
  const [error] = document.errors
  if (error !== undefined) throw wrong(error.pos[0], error.message)
  const top = document.contents as Node | null
  if (top === null || (isScalar(top) && top.value === null)) return []
  const pairsOf = (node: unknown, what: string): readonly (readonly [string, unknown, number])[] => {
    if (!isMap(node)) throw wrong((node as Node | null)?.range?.[0], `${what} must be a map`)
    return (node as YAMLMap).items.map(({ key, value }: Pair) => {
      const at = (key as Node | null)?.range?.[0] ?? 0
      if (!isScalar(key)) throw wrong(at, `${what} has a key that is no word`)
      return [String(key.value), value, at] as const
    })
  }
  const entry = (tool: string, command: string | undefined, [flag, value, at]: readonly [string, unknown, number]) => {
    const values = (isSeq(value) ? value.items : [value]).map((one) => {
      if (!isScalar(one) || one.value === null || typeof one.value === 'object')
        throw wrong(at, `${flag} must be a value or a list of values`)
      // As it was written: 0x10 and 1e3 are for the flag to understand.
      return typeof one.value === 'string' ? one.value : (one.source ?? String(one.value))
    })
    const of = command === undefined ? {} : { command }
    return { tool, ...of, flag, values, line: lines.linePos(at).line }
  }
  return pairsOf(top, 'the file').flatMap(([tool, flags]) =>
    pairsOf(flags, tool).flatMap((pair) => {
      const [name, value] = pair
      if (!isMap(value)) return [entry(tool, undefined, pair)]
      return pairsOf(value, `${tool} ${name}`).map((inner) => entry(tool, name, inner))
    }),
  )
}
