/**
 * The wire to the helper: `helper/protocol.h` is the other end. Little-endian, as every machine that the
 * helper is built for.
 */
export const Operation = { bpf: 0, close: 1, ring: 2, ethtool: 3, netns: 4 } as const
export type Operation = (typeof Operation)[keyof typeof Operation]

/** Bytes of a request, without its length word. */
export const MAX_REQUEST = 16 * 1024 * 1024

/** Memory that bpf(2) is pointed at. */
export interface KernelBuffer {
  /** Offset in attr of the pointer to it. */
  readonly at: number
  readonly in?: Uint8Array
  /** How many bytes of it come back. */
  readonly out?: number
}

/** An answer, or with id 0 an event: `result` is then the descriptor of the ring, `body` a record of it. */
export interface Answer {
  readonly id: number
  /** A descriptor or 0; or minus errno. */
  readonly result: number
  readonly body: Buffer
}

export function encodeRequest(id: number, operation: Operation, body: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt32LE(8 + body.reduce((sum, part) => sum + part.length, 0), 0)
  head.writeUInt32LE(id, 4)
  head.writeUInt32LE(operation, 8)
  return Buffer.concat([head, ...body])
}

export function encodeBpf(command: number, attr: Uint8Array, buffers: readonly KernelBuffer[]): Uint8Array[] {
  const head = Buffer.alloc(12 + 12 * buffers.length)
  head.writeUInt32LE(command, 0)
  head.writeUInt32LE(attr.length, 4)
  head.writeUInt32LE(buffers.length, 8)
  buffers.forEach((buffer, index) => {
    head.writeUInt32LE(buffer.at, 12 + 12 * index)
    head.writeUInt32LE(buffer.in?.length ?? 0, 16 + 12 * index)
    head.writeUInt32LE(buffer.out ?? 0, 20 + 12 * index)
  })
  return [head, attr, ...buffers.map((buffer) => buffer.in ?? Buffer.alloc(0))]
}

/** Cuts a stream of chunks into answers. */
export class AnswerReader {
  #chunks: Buffer[] = []
  #length = 0

  push(chunk: Buffer): Answer[] {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    const answers: Answer[] = []
    for (;;) {
      const need = this.#needed()
      if (need === undefined || this.#length < need) return answers
      const all =
        this.#chunks.length === 1 && this.#chunks[0] !== undefined ? this.#chunks[0] : Buffer.concat(this.#chunks)
      answers.push({ id: all.readUInt32LE(4), result: all.readInt32LE(8), body: all.subarray(12, need) })
      this.#chunks = need === all.length ? [] : [all.subarray(need)]
      this.#length -= need
    }
  }

  /** Bytes of the first answer with its length word, once that has come. */
  #needed(): number | undefined {
    if (this.#length < 12) return undefined
    if ((this.#chunks[0]?.length ?? 0) < 12) this.#chunks = [Buffer.concat(this.#chunks)]
    return 4 + (this.#chunks[0]?.readUInt32LE(0) ?? 0)
  }
}
