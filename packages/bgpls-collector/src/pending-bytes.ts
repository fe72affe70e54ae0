/** The bytes of a stream that wait for the rest of their message; each is copied a bounded number of times. */
export class PendingBytes {
  #store: Buffer = Buffer.alloc(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** All that waits, and these behind it; a view that is valid until the next call. */
  with(bytes: Buffer): Buffer {
    if (this.#length === 0) return bytes
    const length = this.#length + bytes.length
    if (length > this.#store.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.#store.length * 2))
      this.#store.copy(grown, 0, 0, this.#length)
      this.#store = grown
    }
    bytes.copy(this.#store, this.#length)
    this.#length = length
    return this.#store.subarray(0, length)
  }

  /** Only the end of what {@link with} gave is to wait. @param from where it begins; what is before may be held on to. */
  keep(all: Buffer, from: number): void {
    const length = all.length - from
    if (from === 0 && length === this.#length && length > 0) return
    // Copied: a few bytes that wait must not keep the whole piece that they are in.
    const store = Buffer.allocUnsafeSlow(length)
    all.copy(store, 0, from)
    this.#store = store
    this.#length = length
  }

  clear(): void {
    this.#store = Buffer.alloc(0)
    this.#length = 0
  }
}
