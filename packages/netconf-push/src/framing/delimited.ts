import { END_OF_MESSAGE } from './frame.js'
import type { FrameSink, FramingState } from './framing-state.js'

const MARK = Buffer.from(END_OF_MESSAGE)
/** Knuth-Morris-Pratt: after so many bytes of the mark and a mismatch, so many still match. */
const FALL_BACK = [0, 0, 1, 0, 1, 2]

/** NETCONF 1.0: a message ends with `]]>]]>` (RFC 6242 §4.3). */
export class DelimitedDeframer implements FramingState {
  /** How much of the mark the bytes so far end with; those bytes have not been handed on. */
  #matched = 0

  take(bytes: Buffer, sink: FrameSink): number {
    if (this.#matched > 0) return this.#takeByteByByte(bytes, sink)
    const end = bytes.indexOf(MARK)
    if (end >= 0) {
      if (end > 0) sink.data(bytes.subarray(0, end))
      sink.end()
      return end + MARK.length
    }
    this.#matched = partialMarkAtEnd(bytes)
    const sure = bytes.length - this.#matched
    if (sure > 0) sink.data(bytes.subarray(0, sure))
    return bytes.length
  }

  /** Until the mark is complete, or what was held back has turned out to be data. */
  #takeByteByByte(bytes: Buffer, sink: FrameSink): number {
    for (let at = 0; at < bytes.length; at++) {
      while (this.#matched > 0 && MARK[this.#matched] !== bytes[at]) {
        const shorter = FALL_BACK[this.#matched] ?? 0
        sink.data(MARK.subarray(0, this.#matched - shorter))
        this.#matched = shorter
      }
      if (this.#matched === 0 && MARK[0] !== bytes[at]) return at
      this.#matched++
      if (this.#matched === MARK.length) {
        this.#matched = 0
        sink.end()
        return at + 1
      }
    }
    return bytes.length
  }
}

function partialMarkAtEnd(bytes: Buffer): number {
  for (let length = Math.min(MARK.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(MARK.subarray(0, length))) return length
  }
  return 0
}
