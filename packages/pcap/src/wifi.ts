import { ETHERTYPE, type Layer } from './layer.js'

/** IEEE 802.11 §9.2.4: two bits of type, where 2 is data, and a bit of the subtype that says QoS. */
const DATA = 2
const QOS = 0x80
const NO_DATA = 0x40
const TO_AND_FROM_DISTRIBUTION = 0x03
const PROTECTED = 0x40
const ORDER = 0x80

/**
 * LLC in an IEEE 802.11 data frame; nothing of one that is encrypted.
 * @param padded the header was filled up to a multiple of 4 bytes by the adapter.
 */
export function insideWifi(bytes: Buffer, padded = false): Layer | undefined {
  if (bytes.length < 24) return undefined
  const control = bytes[0] ?? 0
  const flags = bytes[1] ?? 0
  if (((control >> 2) & 3) !== DATA || (control & NO_DATA) !== 0 || (flags & PROTECTED) !== 0) return undefined
  let length = 24
  if ((flags & TO_AND_FROM_DISTRIBUTION) === TO_AND_FROM_DISTRIBUTION) length += 6
  if ((control & QOS) !== 0) length += (flags & ORDER) === 0 ? 2 : 6
  if (padded) length = (length + 3) & ~3
  return { type: ETHERTYPE.llc, bytes: bytes.subarray(length) }
}

const RADIOTAP = { tsft: 1, flags: 2, more: 0x8000_0000 } as const
const DATA_PADDED = 0x20

/** https://www.radiotap.org: version, padding, length, words of bits that say which fields follow; all little-endian. */
export function insideRadiotap(bytes: Buffer): Layer | undefined {
  if (bytes.length < 8) return undefined
  const present = bytes.readUInt32LE(4)
  return insideWifi(bytes.subarray(bytes.readUInt16LE(2)), isPadded(bytes, present))
}

function isPadded(bytes: Buffer, present: number): boolean {
  if ((present & RADIOTAP.flags) === 0) return false
  let at = 8
  for (let word = present; (word & RADIOTAP.more) !== 0 && at + 4 <= bytes.length; at += 4)
    word = bytes.readUInt32LE(at)
  // The time stamp before the flags is aligned to its 8 bytes.
  if ((present & RADIOTAP.tsft) !== 0) at = ((at + 7) & ~7) + 8
  return ((bytes[at] ?? 0) & DATA_PADDED) !== 0
}

const PRISM_BYTES = 144
const AVS_MAGIC = 0x80211

/** The header of AVS tells its length; that of Prism has always the same. */
export function insidePrism(bytes: Buffer): Layer | undefined {
  if (bytes.length < 8) return undefined
  const isAvs = bytes.readUInt32BE(0) >>> 12 === AVS_MAGIC
  return insideWifi(bytes.subarray(isAvs ? bytes.readUInt32BE(4) : PRISM_BYTES))
}
