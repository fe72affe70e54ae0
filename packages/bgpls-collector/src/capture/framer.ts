import type { RawMessage } from '../codec/bgp/message.js'
import type { RawBmpMessage } from '../codec/bmp/message.js'
import type { DecodeError } from '../codec/decode-error.js'

/** What comes out of a byte stream: messages, and what had to be passed over to find the next one. */
export type Framed =
  | { readonly message: RawMessage }
  | { readonly bmp: RawBmpMessage }
  | { readonly error: DecodeError }
  | { readonly skipped: number }

/** Messages out of the pieces of one direction of a captured connection. */
export interface Framer {
  /** @param gap bytes before these were lost. */
  push(bytes: Buffer, gap: boolean): Framed[]
  /** Bytes that are no whole message yet. */
  readonly pending: number
  /** When no more bytes come: what can still be found in those that wait. */
  end(): Framed[]
}
