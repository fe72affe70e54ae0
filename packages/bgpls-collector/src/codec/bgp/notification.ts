import { MESSAGE, notificationText } from '../iana/bgp-parameters.js'
import { ByteReader } from '../reader.js'
import { ByteWriter } from '../writer.js'
import { encodeMessage, HEADER_LENGTH, type RawMessage } from './message.js'

/** RFC 4271 §4.5. */
export interface Notification {
  readonly code: number
  readonly subcode: number
  readonly data?: Buffer
}

export function decodeNotification(message: RawMessage): Notification {
  const reader = ByteReader.over(message.bytes, 'notification')
  reader.skip(HEADER_LENGTH)
  const code = reader.u8()
  const subcode = reader.u8()
  const data = reader.rest()
  return { code, subcode, ...(data.length === 0 ? {} : { data }) }
}

export function encodeNotification({ code, subcode, data }: Notification): Buffer {
  return encodeMessage(
    MESSAGE.notification,
    new ByteWriter()
      .u8(code)
      .u8(subcode)
      .bytes(data ?? Buffer.alloc(0))
      .toBytes(),
  )
}

/** `Cease (6), Administrative Shutdown (2): "maintenance"` (the text: RFC 9003 §2). */
export function describeNotification({ code, subcode, data }: Notification): string {
  const text = notificationText(code, subcode)
  const length = data?.[0]
  if (code !== 6 || (subcode !== 2 && subcode !== 4) || data === undefined || length === undefined) return text
  const said = data
    .subarray(1, 1 + length)
    .toString('utf8')
    .replace(/\p{Cc}/gu, '�')
  return said === '' ? text : `${text}: "${said}"`
}
