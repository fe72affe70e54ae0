import { DecodeError } from '../decode-error.js'

/** RFC 7854 §4.1. */
export const BMP_HEADER_LENGTH = 6
/** A monitored UPDATE of 65,535 bytes with its headers, or a table of statistics. */
const MAX_LENGTH = 1024 * 1024

export interface RawBmpMessage {
  readonly version: number
  readonly type: number
  /** The whole message: offsets in errors count from its version byte. */
  readonly bytes: Buffer
}

/**
 * ```
 * |    Version    |        Message Length         |   RFC 7854 §4.1
 * |        Message Length         |   Msg. Type   |
 * ```
 * @returns the message at `at`; `undefined` when `bytes` do not hold all of it yet.
 * @throws {DecodeError} treatment `session-reset`: nothing tells where the next message is.
 */
export function bmpMessageAt(bytes: Buffer, at: number): RawBmpMessage | undefined {
  if (bytes.length - at < BMP_HEADER_LENGTH) return undefined
  const version = bytes.readUInt8(at)
  const length = bytes.readUInt32BE(at + 1)
  if (version < 3 || version > 4 || length < BMP_HEADER_LENGTH || length > MAX_LENGTH) {
    throw new DecodeError({
      code: 'BMP_HEADER',
      message: `no BMP message: version ${version}, length ${length}`,
      path: 'bmp/header',
      offset: at,
      treatment: 'session-reset',
    })
  }
  if (bytes.length - at < length) return undefined
  return { version, type: bytes.readUInt8(at + 5), bytes: bytes.subarray(at, at + length) }
}
