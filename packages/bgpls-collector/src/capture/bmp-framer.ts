import { bmpMessageAt } from '../codec/bmp/message.js'
import { DecodeError } from '../codec/decode-error.js'
import { PendingBytes } from '../pending-bytes.js'
import type { Framed, Framer } from './framer.js'

/** Whether bytes may begin a BMP stream: version 3 or 4, a length that can be, a type that is known. */
export function looksLikeBmp(bytes: Buffer): boolean {
  if (bytes.length < 6 || (bytes[0] !== 3 && bytes[0] !== 4)) return false
  const length = bytes.readUInt32BE(1)
  return length >= 6 && length <= 0x10_0000 && (bytes[5] ?? 255) <= 6
}

/**
 * BMP messages out of a captured stream. BMP has no marker: after a gap the next segment is taken to
 * begin with a message if it looks like it.
 */
export class BmpFramer implements Framer {
  readonly #pending = new PendingBytes()
  #searching = false

  push(bytes: Buffer, gap: boolean): Framed[] {
    const framed: Framed[] = []
    if (gap || this.#searching) {
      const skipped = this.#pending.length
      if (skipped > 0) framed.push({ skipped })
      this.#pending.clear()
      this.#searching = !looksLikeBmp(bytes)
      if (this.#searching) return [...framed, { skipped: bytes.length }]
    }
    const all = this.#pending.with(bytes)
    let at = 0
    try {
      for (;;) {
        const bmp = bmpMessageAt(all, at)
        if (bmp === undefined) break
        framed.push({ bmp })
        at += bmp.bytes.length
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      framed.push({ error })
      at = all.length
      this.#searching = true
    }
    this.#pending.keep(all, at)
    return framed
  }

  get pending(): number {
    return this.#pending.length
  }

  /** BMP has no marker to look for. */
  end(): Framed[] {
    return []
  }
}
