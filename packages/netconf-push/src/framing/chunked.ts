import { SegchainError } from '@segchain/records'
import type { FrameSink, FramingState } from './framing-state.js'

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const HASH = 0x23
const ZERO = 0x30
const NINE = 0x39
const MAX_CHUNK = 0xffff_ffff

type State = 'lf' | 'hash' | 'first' | 'size' | 'data' | 'last-lf'

/**
 * NETCONF 1.1 chunks (RFC 6242 §4.2): `LF # size LF data`, and `LF # # LF` at the end of a message.
 * "The chunk-size … MUST NOT contain leading zeros", and a message has at least one chunk. White space between two
 * messages is passed over: there are servers that end a message with one line feed more.
 */
export class ChunkedDeframer implements FramingState {
  #state: State = 'lf'
  #size = 0
  #chunks = 0

  take(bytes: Buffer, sink: FrameSink): number {
    let at = 0
    while (at < bytes.length) {
      if (this.#state === 'data') {
        const piece = bytes.subarray(at, at + this.#size)
        sink.data(piece)
        at += piece.length
        this.#size -= piece.length
        if (this.#size === 0) this.#state = 'lf'
        continue
      }
      if (this.#header(bytes[at++] ?? 0)) {
        this.#chunks = 0
        sink.end()
        return at
      }
    }
    return at
  }

  /** One byte outside of chunk data. @returns whether the message is complete. */
  #header(byte: number): boolean {
    switch (this.#state) {
      case 'lf':
        if (this.#chunks === 0 && (byte === CR || byte === SPACE)) return false
        this.#expect(byte === LF, byte, 'a line feed before the chunk')
        this.#state = 'hash'
        return false
      case 'hash':
        if (this.#chunks === 0 && (byte === LF || byte === CR || byte === SPACE)) return false
        this.#expect(byte === HASH, byte, '# before the chunk size')
        this.#state = 'first'
        return false
      case 'first':
        if (byte === HASH && this.#chunks > 0) {
          this.#state = 'last-lf'
          return false
        }
        this.#expect(byte > ZERO && byte <= NINE, byte, 'a chunk size from 1 to 4294967295')
        this.#size = byte - ZERO
        this.#state = 'size'
        return false
      case 'size':
        if (byte === LF) {
          this.#chunks++
          this.#state = 'data'
          return false
        }
        this.#expect(byte >= ZERO && byte <= NINE, byte, 'a digit of the chunk size')
        this.#size = this.#size * 10 + (byte - ZERO)
        this.#expect(this.#size <= MAX_CHUNK, byte, 'a chunk size up to 4294967295')
        return false
      default:
        this.#expect(byte === LF, byte, 'a line feed after ##')
        this.#state = 'lf'
        return true
    }
  }

  #expect(holds: boolean, byte: number, what: string): void {
    if (holds) return
    throw new SegchainError({
      category: 'data',
      code: 'FRAMING',
      message: `broken NETCONF 1.1 framing: expected ${what}, got byte 0x${byte.toString(16).padStart(2, '0')}`,
    })
  }
}
