import { TextDecoder } from 'node:util'
import { SegchainError } from '@segchain/records/error'

/** 16 MiB: far above any record of ours, far below what would fill a machine. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024

export interface Line {
  /** From 1. */
  readonly number: number
  readonly text: string
}

const NEWLINE = 0x0a

/**
 * Splits bytes into lines, in time linear in the input however small the chunks are. A last line
 * without newline counts; empty lines are passed over, but counted.
 *
 * @throws {SegchainError} category `data`: `LINE_TOO_LONG`, `NOT_UTF8`.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let parts: Uint8Array[] = []
  let size = 0
  let number = 1
  const take = (last: Uint8Array): Line | undefined => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last])
    parts = []
    size = 0
    const line = { number, text: decode(decoder, bytes, number) }
    number++
    return line.text.trim() === '' ? undefined : line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      checkLength(size + end - start, number, maxLineBytes)
      const line = take(chunk.subarray(start, end))
      start = end + 1
      if (line !== undefined) yield line
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start))
      size += chunk.length - start
      checkLength(size, number, maxLineBytes)
    }
  }
  if (size > 0) {
    const line = take(new Uint8Array(0))
    if (line !== undefined) yield line
  }
}

function checkLength(length: number, line: number, limit: number): void {
  if (length <= limit) return
  throw new SegchainError({
    category: 'data',
    code: 'LINE_TOO_LONG',
    message: `a line of more than ${limit} bytes`,
    hint: 'the input is not NDJSON: one record, one line',
    where: { line },
  })
}

function decode(decoder: TextDecoder, bytes: Uint8Array, line: number): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new SegchainError({
      category: 'data',
      code: 'NOT_UTF8',
      message: 'a line that is not UTF-8',
      hint: 'the input is not NDJSON: is it compressed, or a capture?',
      where: { line },
      cause,
    })
  }
}
