import { ChunkedDeframer } from './chunked.js'
import { DelimitedDeframer } from './delimited.js'
import type { Framing } from './frame.js'
import type { FrameSink, FramingState } from './framing-state.js'

/**
 * Splits a byte stream into messages. It holds back at most five bytes, so its memory does not grow
 * with a message, and looks at every byte once. The framing may change between two messages, even
 * when both are in one packet: RFC 6242 §4.1 has it change right after the hello.
 */
export class Deframer {
  readonly #sink: FrameSink
  #state: FramingState = new DelimitedDeframer()

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  /** From the next message on. Call it from {@link FrameSink.end}. */
  use(framing: Framing): void {
    this.#state = framing === '1.0' ? new DelimitedDeframer() : new ChunkedDeframer()
  }

  /** @throws {SegchainError} category `data`, code `FRAMING`: the stream cannot be used any further. */
  push(bytes: Buffer): void {
    let rest = bytes
    while (rest.length > 0) rest = rest.subarray(this.#state.take(rest, this.#sink))
  }
}
