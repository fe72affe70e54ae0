import { messageAt, type RawMessage } from '../codec/bgp/message.js'

/** Whole messages out of the chunks of a socket. Holds at most one incomplete message and a chunk. */
export class MessageStream {
  #pending: Buffer = Buffer.alloc(0)
  #at = 0

  push(bytes: Buffer): void {
    this.#pending = this.#at === this.#pending.length ? bytes : Buffer.concat([this.#pending.subarray(this.#at), bytes])
    this.#at = 0
  }

  /** @throws {HeaderError} */
  next(extended: boolean): RawMessage | undefined {
    const message = messageAt(this.#pending, this.#at, extended)
    if (message !== undefined) this.#at += message.bytes.length
    return message
  }
}
