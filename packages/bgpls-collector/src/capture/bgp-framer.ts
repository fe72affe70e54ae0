import { HeaderError, MARKER, messageAt } from '../codec/bgp/message.js'
import type { Framed, Framer } from './framer.js'

const NOTHING: Buffer = Buffer.alloc(0)

/** BGP messages out of a captured stream; after a gap or a broken header it looks for the next marker. */
export class BgpFramer implements Framer {
  #pending: Buffer = NOTHING
  #searching = false

  push(bytes: Buffer, gap: boolean): Framed[] {
    const framed: Framed[] = []
    if (gap) {
      if (this.#pending.length > 0) framed.push({ skipped: this.#pending.length })
      this.#pending = bytes
      this.#searching = true
    } else {
      this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes])
    }
    let at = 0
    for (;;) {
      if (this.#searching) {
        const marker = this.#pending.indexOf(MARKER, at)
        if (marker < 0) {
          // The marker may have begun in the last bytes.
          at = Math.max(at, this.#pending.length - MARKER.length + 1)
          break
        }
        if (marker > at) framed.push({ skipped: marker - at })
        at = marker
      }
      const next = this.#next(at, framed)
      if (next === undefined) break
      at = next
    }
    // Copied: a few bytes that wait must not keep the whole piece of the file that they are in.
    this.#pending = at === this.#pending.length ? NOTHING : Buffer.from(this.#pending.subarray(at))
    return framed
  }

  get pending(): number {
    return this.#pending.length
  }

  /** A length that damage made too large waits for bytes that never come; a marker in what waits tells. */
  end(): Framed[] {
    const framed: Framed[] = []
    let marker = this.#pending.indexOf(MARKER, 1)
    while (marker > 0) {
      if (!this.#searching) {
        const message = `a message of ${this.#pending.readUInt16BE(MARKER.length)} bytes has the marker of another one inside`
        framed.push({ error: new HeaderError(2, 'LENGTH', message, 0, this.#pending.subarray(16, 18)) })
      }
      framed.push({ skipped: marker })
      this.#pending = this.#pending.subarray(marker)
      this.#searching = true
      framed.push(...this.push(NOTHING, false))
      marker = this.#pending.indexOf(MARKER, 1)
    }
    return framed
  }

  #next(at: number, framed: Framed[]): number | undefined {
    try {
      // A capture may miss the OPENs: long messages are read as if RFC 8654 had been negotiated.
      const message = messageAt(this.#pending, at, true)
      if (message === undefined) return undefined
      this.#searching = false
      framed.push({ message })
      return at + message.bytes.length
    } catch (error) {
      if (!(error instanceof HeaderError)) throw error
      // While searching, a marker inside other bytes is no finding.
      if (!this.#searching) framed.push({ error })
      this.#searching = true
      return at + 1
    }
  }
}
