import { createReadStream } from 'node:fs'
import { SegchainError } from '@segchain/records/error'
import { cannotRead } from './files/index.js'

export interface Input {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
}

/**
 * A file, or stdin for `-` and for nothing. Stdin is read only from here, and only when a command
 * asks: a producer that begins late loses nothing.
 *
 * @throws {SegchainError} category `usage`: `NO_INPUT` on a terminal; `CANNOT_READ` while reading.
 */
export function openInput(path: string | undefined, signal: AbortSignal): Input {
  if (path !== undefined && path !== '-') return { name: path, chunks: fileChunks(path, signal) }
  if (process.stdin.isTTY) {
    throw new SegchainError({
      category: 'usage',
      code: 'NO_INPUT',
      message: 'nothing is piped in, and no file is named',
      hint: 'name a file, or put this behind another tool: see --help',
    })
  }
  return { name: 'stdin', chunks: stdinChunks(signal) }
}

async function* fileChunks(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { signal, highWaterMark: 256 * 1024 })
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw cannotRead(path, cause)
  }
}

async function* stdinChunks(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = (): void => {
    process.stdin.destroy(signal.reason)
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    yield* process.stdin
  } finally {
    signal.removeEventListener('abort', stop)
    process.stdin.destroy()
  }
}
