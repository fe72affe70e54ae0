import { ipv4Text, ipv6Text } from './address.js'
import { DecodeError, type Treatment } from './decode-error.js'

/**
 * A cursor over bytes that never reads outside its bounds: every accessor either returns or throws a
 * {@link DecodeError} that names path, offset, need and have. Numbers are in network byte order.
 */
export class ByteReader {
  readonly bytes: Buffer
  /** Offset of the next byte, counted from the start of `bytes`. */
  position: number
  #end: number
  #label: string | number
  readonly #parent: ByteReader | undefined
  #inner: ByteReader | undefined

  private constructor(bytes: Buffer, start: number, end: number, label: string | number, parent?: ByteReader) {
    this.bytes = bytes
    this.position = start
    this.#end = end
    this.#label = label
    this.#parent = parent
  }

  /** A reader over the whole of `bytes`; `label` is the first step of the path in errors. */
  static over(bytes: Uint8Array, label: string): ByteReader {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new ByteReader(buffer, 0, buffer.length, label)
  }

  /** Offset behind the last byte. */
  get end(): number {
    return this.#end
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#end - this.position
  }

  /** `update/mp-reach/link/tlv 258`; built only when an error needs it. */
  get path(): string {
    const own = typeof this.#label === 'number' ? `tlv ${this.#label}` : this.#label
    return this.#parent === undefined ? own : `${this.#parent.path}/${own}`
  }

  u8(): number {
    const at = this.#advance(1)
    return this.bytes[at] ?? 0
  }

  u16(): number {
    const at = this.#advance(2)
    const { bytes } = this
    return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  }

  u24(): number {
    const at = this.#advance(3)
    const { bytes } = this
    return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
  }

  u32(): number {
    const at = this.#advance(4)
    return u32At(this.bytes, at)
  }

  u64(): bigint {
    const at = this.#advance(8)
    return this.bytes.readBigUInt64BE(at)
  }

  /** A 64-bit number as decimal text, without a bigint for the small ones that almost all are. */
  u64Text(): string {
    const at = this.#advance(8)
    const { bytes } = this
    if (u32At(bytes, at) === 0) return SMALL[u32At(bytes, at + 4)] ?? String(u32At(bytes, at + 4))
    return bytes.readBigUInt64BE(at).toString()
  }

  /** An IPv4 address as text. */
  ipv4(): string {
    return ipv4Text(this.bytes, this.#advance(4))
  }

  /** An IPv6 address as text. */
  ipv6(): string {
    return ipv6Text(this.bytes, this.#advance(16))
  }

  /** An address of 4 or 16 bytes as text. */
  ip(length: 4 | 16): string {
    return length === 4 ? this.ipv4() : this.ipv6()
  }

  /** IEEE 754 single precision. */
  f32(): number {
    WORD[0] = this.u32()
    return FLOAT[0] ?? 0
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Buffer {
    const at = this.#advance(length)
    return this.bytes.subarray(at, at + length)
  }

  skip(length: number): void {
    this.#advance(length)
  }

  /** Everything that is left, not copied. */
  rest(): Buffer {
    return this.take(this.left)
  }

  /** A reader over the next `length` bytes, which this reader skips. A number labels a TLV. */
  sub(length: number, label: string | number): ByteReader {
    if (length > this.left) throw new ByteReader(this.bytes, this.position, this.#end, label, this).#tooShort(length)
    const at = this.#advance(length)
    return new ByteReader(this.bytes, at, at + length, label, this)
  }

  /**
   * The same, by the one reader that is kept for this: valid until the next call. A BGP-LS Attribute has twenty TLVs, and
   * a reader for each of them would be a third of what there is to collect.
   */
  next(length: number, label: string | number): ByteReader {
    const inner = this.#inner
    if (inner === undefined) {
      const made = this.sub(length, label)
      this.#inner = made
      return made
    }
    const at = this.position
    inner.#label = label
    inner.position = at
    if (length > this.#end - at) {
      inner.#end = this.#end
      throw inner.#tooShort(length)
    }
    this.position = at + length
    inner.#end = at + length
    return inner
  }

  /** @throws {DecodeError} `TOO_SHORT` when fewer are left. */
  need(length: number): void {
    if (length > this.left) throw this.#tooShort(length)
  }

  /** @throws {DecodeError} `TOO_LONG` when bytes are left that nobody asked for. */
  expectEnd(): void {
    if (this.position !== this.#end) {
      throw this.error('TOO_LONG', `${this.left} bytes more than ${this.#what()} may have`, {
        have: this.left,
        need: 0,
      })
    }
  }

  /** An error at the current place. */
  error(
    code: string,
    message: string,
    more: { readonly need?: number; readonly have?: number; readonly treatment?: Treatment } = {},
  ): DecodeError {
    return new DecodeError({ code, message, path: this.path, offset: this.position, ...more })
  }

  #advance(length: number): number {
    const at = this.position
    if (length > this.#end - at || length < 0) throw this.#tooShort(length)
    this.position = at + length
    return at
  }

  #tooShort(need: number): DecodeError {
    const have = this.left
    return this.error('TOO_SHORT', `${this.#what()} needs ${need} bytes, ${have} are left`, { need, have })
  }

  #what(): string {
    return typeof this.#label === 'number' ? `TLV ${this.#label}` : this.#label
  }
}

/** Four bytes as a number and as a float. */
const WORD = new Uint32Array(1)
const FLOAT = new Float32Array(WORD.buffer)

/** Instance identifiers, as text. */
const SMALL: readonly string[] = Array.from({ length: 16 }, (_, number) => String(number))

function u32At(bytes: Buffer, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  )
}
