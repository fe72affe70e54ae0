import { SegchainError } from '@segchain/records/error'
import type { Line } from './lines.js'

/** @throws {SegchainError} category `data`, code `NOT_JSON`, with the line. */
export function parseLine(line: Line): unknown {
  try {
    return JSON.parse(line.text)
  } catch (cause) {
    throw new SegchainError({
      category: 'data',
      code: 'NOT_JSON',
      message: `not JSON: ${JSON.stringify(line.text.slice(0, 60))}${line.text.length > 60 ? ' …' : ''}`,
      hint: 'a stream has one JSON object a line; was a log mixed into it (2>&1)?',
      where: { line: line.number },
      cause,
    })
  }
}
