/**
 * Writes a structure of bpf/include/tables.h from its first byte to its last: no padding, little-endian, and
 * `bytes` for what stands in network byte order.
 */
export class Struct {
  readonly #bytes: Buffer
  #at = 0

  constructor(size: number) {
    this.#bytes = Buffer.alloc(size)
  }

  u8(value: number): this {
    this.#at = this.#bytes.writeUInt8(value, this.#at)
    return this
  }

  u16(value: number): this {
    this.#at = this.#bytes.writeUInt16LE(value, this.#at)
    return this
  }

  u32(value: number): this {
    this.#at = this.#bytes.writeUInt32LE(value >>> 0, this.#at)
    return this
  }

  bytes(value: Uint8Array): this {
    this.#bytes.set(value, this.#at)
    this.#at += value.length
    return this
  }

  /** @throws RangeError when it is not full: a field was forgotten. */
  end(): Buffer {
    if (this.#at !== this.#bytes.length)
      throw new RangeError(`a structure of ${this.#bytes.length} bytes has ${this.#at}`)
    return this.#bytes
  }
}

export function u32(value: number): Buffer {
  return new Struct(4).u32(value).end()
}

export function macBytes(text: string): Buffer {
  return Buffer.from(text.replaceAll(':', ''), 'hex')
}
