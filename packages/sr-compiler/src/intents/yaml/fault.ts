import { SegchainError } from '@segchain/records'
import type { LineCounter } from 'yaml'

/** Something in a file that keeps it from being read, and where: `offset` counts characters. */
export interface YamlFault {
  readonly code: 'YAML_SYNTAX' | 'YAML_ENCODING' | 'MERGE_CONFLICT' | 'DUPLICATE_KEY' | 'YAML_ALIAS' | 'YAML_TAG'
  readonly message: string
  readonly hint: string
  readonly offset: number
}

export function faultError(
  file: string,
  lines: LineCounter,
  { code, message, hint, offset }: YamlFault,
): SegchainError {
  const { line, col } = lines.linePos(offset)
  const where = { file, line: Math.max(1, line), column: Math.max(1, col) }
  return new SegchainError({ category: 'data', code, message, hint, where })
}
