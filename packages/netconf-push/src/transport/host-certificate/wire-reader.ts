import { SegchainError } from '@segchain/records'

/** Reads the data types of RFC 4251 §5, and never beyond the end. */
export class WireReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get offset(): number {
    return this.#at
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) {
      throw new SegchainError({
        category: 'data',
        code: 'SSH_TRUNCATED',
        message: `SSH data ends too early: need ${length} bytes, have ${this.#bytes.length - this.#at}`,
        where: { offset: this.#at },
      })
    }
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  uint32(): number {
    return this.bytes(4).readUInt32BE()
  }

  uint64(): bigint {
    return this.bytes(8).readBigUInt64BE()
  }

  string(): Buffer {
    return this.bytes(this.uint32())
  }

  text(): string {
    return this.string().toString('utf8')
  }
}

/** A `string` of RFC 4251 §5. */
export function sshString(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
