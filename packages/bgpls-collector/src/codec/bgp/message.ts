import { DecodeError } from '../decode-error.js'
import { MESSAGE } from '../iana/bgp-parameters.js'
import { ByteWriter } from '../writer.js'

/** RFC 4271 §4.1; 65,535 with the extended messages of RFC 8654. */
export const HEADER_LENGTH = 19
export const MAX_LENGTH = 4096
export const MAX_EXTENDED_LENGTH = 65_535
export const MARKER = Buffer.alloc(16, 0xff)

const MINIMUM: Readonly<Record<number, number>> = {
  [MESSAGE.open]: 29,
  [MESSAGE.update]: 23,
  [MESSAGE.notification]: 21,
  [MESSAGE.keepalive]: 19,
  [MESSAGE.routeRefresh]: 23,
}

/** A message as it came: header included, so that offsets in errors count from the marker. */
export interface RawMessage {
  readonly type: number
  readonly bytes: Buffer
}

/** A broken header: no message can be found behind it, so the session ends (RFC 4271 §6.1). */
export class HeaderError extends DecodeError {
  readonly subcode: number
  readonly data: Buffer

  constructor(subcode: number, code: string, message: string, offset: number, data: Buffer) {
    super({ code, message, path: 'header', offset, treatment: 'session-reset' })
    this.subcode = subcode
    this.data = data
  }
}

/**
 * ```
 * |                    Marker (16 bytes of 0xff)                  |   RFC 4271 §4.1
 * |          Length               |      Type     |
 * ```
 * @returns the message at `at`, or `undefined` when `bytes` do not hold all of it yet.
 * @throws {HeaderError} with the subcode that RFC 4271 §6.1 names.
 */
export function messageAt(bytes: Buffer, at: number, extended = false): RawMessage | undefined {
  const have = bytes.length - at
  const marker = Math.min(16, have)
  for (let i = 0; i < marker; i++) {
    if (bytes[at + i] !== 0xff) {
      throw new HeaderError(1, 'MARKER', 'the marker of a BGP message is 16 bytes of 0xff', at + i, Buffer.alloc(0))
    }
  }
  if (have < HEADER_LENGTH) return undefined
  const length = bytes.readUInt16BE(at + 16)
  const type = bytes.readUInt8(at + 18)
  const minimum = MINIMUM[type]
  if (minimum === undefined) {
    throw new HeaderError(3, 'MESSAGE_TYPE', `BGP message type ${type} is not known`, at + 18, Buffer.from([type]))
  }
  // RFC 8654 §4: OPEN and KEEPALIVE stay within 4,096 bytes.
  const maximum = extended && type !== MESSAGE.open && type !== MESSAGE.keepalive ? MAX_EXTENDED_LENGTH : MAX_LENGTH
  if (length < minimum || length > maximum || (type === MESSAGE.keepalive && length !== HEADER_LENGTH)) {
    const data = bytes.subarray(at + 16, at + 18)
    const message = `BGP message of type ${type} with length ${length}: ${minimum} to ${maximum} are allowed`
    throw new HeaderError(2, 'MESSAGE_LENGTH', message, at + 16, Buffer.from(data))
  }
  return have < length ? undefined : { type, bytes: bytes.subarray(at, at + length) }
}

export function encodeMessage(type: number, body: Uint8Array): Buffer {
  return new ByteWriter()
    .bytes(MARKER)
    .u16(HEADER_LENGTH + body.length)
    .u8(type)
    .bytes(body)
    .toBytes()
}

export const keepalive: Buffer = encodeMessage(MESSAGE.keepalive, Buffer.alloc(0))
