import { afterSnap } from './ethertype.js'

/** IEEE 802.11 §9.2.4: two bits of type, where 2 is data, and a bit of the subtype that says QoS. */
const DATA = 2
const QOS = 0x80
const NO_DATA = 0x40
const TO_AND_FROM_DISTRIBUTION = 0x03
const PROTECTED = 0x40
const ORDER = 0x80

/** The IP packet of an IEEE 802.11 data frame; none of one that is encrypted. */
export function afterWifiHeader(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 24) return undefined
  const control = bytes[0] ?? 0
  const flags = bytes[1] ?? 0
  if (((control >> 2) & 3) !== DATA || (control & NO_DATA) !== 0 || (flags & PROTECTED) !== 0) return undefined
  let length = 24
  if ((flags & TO_AND_FROM_DISTRIBUTION) === TO_AND_FROM_DISTRIBUTION) length += 6
  if ((control & QOS) !== 0) length += (flags & ORDER) === 0 ? 2 : 6
  return afterSnap(bytes.subarray(length))
}

/** Version, padding, and the length of the header, least significant byte first. */
export function afterRadiotap(bytes: Buffer): Buffer | undefined {
  return bytes.length < 4 ? undefined : afterWifiHeader(bytes.subarray(bytes.readUInt16LE(2)))
}
