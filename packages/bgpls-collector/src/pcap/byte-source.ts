/** Bytes asked for one piece after another from chunks of any size. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>
  #buffer: Buffer = Buffer.alloc(0)
  #at = 0
  #offset = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Offset of the next byte from the start of the input. */
  get offset(): number {
    return this.#offset
  }

  /** The next `length` bytes without taking them; fewer at the end of the input. */
  async peek(length: number): Promise<Buffer> {
    while (this.#buffer.length - this.#at < length) {
      const next = await this.#chunks.next()
      if (next.done === true) break
      this.#buffer = Buffer.concat([this.#buffer.subarray(this.#at), next.value])
      this.#at = 0
    }
    return this.#buffer.subarray(this.#at, this.#at + length)
  }

  /** The next `length` bytes; fewer at the end of the input. */
  async take(length: number): Promise<Buffer> {
    const bytes = await this.peek(length)
    this.#at += bytes.length
    this.#offset += bytes.length
    return bytes
  }
}
