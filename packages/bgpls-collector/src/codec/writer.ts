/** Bytes written one after the other, in network byte order; grows as needed. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  u8(value: number): this {
    const at = this.#reserve(1)
    this.#buffer.writeUInt8(value & 0xff, at)
    return this
  }

  u16(value: number): this {
    const at = this.#reserve(2)
    this.#buffer.writeUInt16BE(value & 0xffff, at)
    return this
  }

  u24(value: number): this {
    const at = this.#reserve(3)
    this.#buffer.writeUIntBE(value & 0xff_ffff, at, 3)
    return this
  }

  u32(value: number): this {
    const at = this.#reserve(4)
    this.#buffer.writeUInt32BE(value >>> 0, at)
    return this
  }

  u64(value: bigint): this {
    const at = this.#reserve(8)
    this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, value), at)
    return this
  }

  f32(value: number): this {
    const at = this.#reserve(4)
    this.#buffer.writeFloatBE(value, at)
    return this
  }

  bytes(value: Uint8Array): this {
    const at = this.#reserve(value.length)
    this.#buffer.set(value, at)
    return this
  }

  hex(value: string): this {
    return this.bytes(Buffer.from(value, 'hex'))
  }

  /** Writes what `fill` writes, with its length before it in `width` bytes. */
  prefixed(width: 1 | 2, fill: (writer: this) => void): this {
    const at = this.#reserve(width)
    fill(this)
    this.#buffer.writeUIntBE(this.#length - at - width, at, width)
    return this
  }

  /** A copy of what was written. */
  toBytes(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length))
  }

  #reserve(length: number): number {
    const at = this.#length
    this.#length += length
    if (this.#length > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2))
      this.#buffer.copy(grown, 0, 0, at)
      this.#buffer = grown
    }
    return at
  }
}
