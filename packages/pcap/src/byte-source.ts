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

  /** How many bytes can be had without waiting. */
  get left(): number {
    return this.#buffer.length - this.#at
  }

  /** Whether this many bytes can be had without waiting. */
  has(length: number): boolean {
    return this.left >= length
  }

  /** Waits until `length` bytes are there; `false` when the input ends before. */
  async fill(length: number): Promise<boolean> {
    const parts: Uint8Array[] = []
    let have = this.#buffer.length - this.#at
    while (have < length) {
      const next = await this.#chunks.next()
      if (next.done === true) break
      parts.push(next.value)
      have += next.value.length
    }
    if (parts.length > 0) {
      this.#buffer = Buffer.concat([this.#buffer.subarray(this.#at), ...parts])
      this.#at = 0
    }
    return have >= length
  }

  /** Up to `length` bytes that are there, not taken. */
  peek(length: number): Buffer {
    return this.#buffer.subarray(this.#at, this.#at + length)
  }

  /** Four of the bytes that are there, `at` bytes ahead, as a number; nothing is taken. */
  u32(at: number, little: boolean): number {
    const from = this.#at + at
    const buffer = this.#buffer
    return little
      ? (buffer[from + 3] ?? 0) * 0x100_0000 +
          (((buffer[from + 2] ?? 0) << 16) | ((buffer[from + 1] ?? 0) << 8) | (buffer[from] ?? 0))
      : (buffer[from] ?? 0) * 0x100_0000 +
          (((buffer[from + 1] ?? 0) << 16) | ((buffer[from + 2] ?? 0) << 8) | (buffer[from + 3] ?? 0))
  }

  /** Takes `length` bytes that are there without a look at them. */
  skip(length: number): void {
    this.#at += length
    this.#offset += length
  }

  /** Up to `length` bytes that are there, taken. */
  take(length: number): Buffer {
    const bytes = this.peek(length)
    this.#at += bytes.length
    this.#offset += bytes.length
    return bytes
  }

  /** The next `length` bytes, waited for and taken; fewer at the end of the input. */
  async read(length: number): Promise<Buffer> {
    await this.fill(length)
    return this.take(length)
  }

  /** What is there, but at least a byte; empty only at the end of the input. */
  async readSome(): Promise<Buffer> {
    await this.fill(1)
    return this.take(this.#buffer.length - this.#at)
  }
}
