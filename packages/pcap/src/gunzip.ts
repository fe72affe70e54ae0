import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SegchainError } from '@segchain/records'

/**
 * The same bytes, decompressed when they begin as gzip does (RFC 1952 §2.3.1): archives of MRT and old captures are.
 * @throws {SegchainError} category `data`, code `GZIP`, behind what could be decompressed.
 */
export async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  const all = (async function* () {
    yield first.value
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
  })()
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all
    return
  }
  try {
    // What is wrong with the input reaches the reader through the decompressor.
    yield* pipeline(Readable.from(all), createGunzip(), () => {})
  } catch (cause) {
    if (!isGzipError(cause)) throw cause
    throw new SegchainError({ category: 'data', code: 'GZIP', message: 'the gzip data is broken', cause })
  }
}

function isGzipError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}
