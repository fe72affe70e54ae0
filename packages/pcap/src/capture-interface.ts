import { broken } from './broken.js'
import type { CaptureTime } from './packet.js'

/** What an Interface Description Block says (draft-ietf-opsawg-pcapng §4.2). */
export interface CaptureInterface {
  readonly linkType: number
  readonly snapLength: number
  /** Units of a time stamp in one second. */
  readonly unitsPerSecond: bigint
  /** Seconds to add to a time stamp. */
  readonly offsetSeconds: number
}

const OPTION_END = 0
const OPTION_TSRESOL = 9
const OPTION_TSOFFSET = 14

/** @param body the block without its type and lengths, at least 8 bytes. */
export function interfaceOf(body: Buffer, little: boolean, offset: number): CaptureInterface {
  const u16 = (at: number) => (little ? body.readUInt16LE(at) : body.readUInt16BE(at))
  let unitsPerSecond = 1_000_000n
  let offsetSeconds = 0
  for (let at = 8; at + 4 <= body.length; ) {
    const code = u16(at)
    const length = u16(at + 2)
    if (code === OPTION_END) break
    if (at + 4 + length > body.length) {
      throw broken('an option is longer than its block', offset + at, length, body.length - at - 4)
    }
    if (code === OPTION_TSRESOL && length >= 1) unitsPerSecond = resolution(body[at + 4] ?? 6)
    if (code === OPTION_TSOFFSET && length >= 8) {
      offsetSeconds = Number(little ? body.readBigInt64LE(at + 4) : body.readBigInt64BE(at + 4))
    }
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return {
    linkType: u16(0),
    snapLength: little ? body.readUInt32LE(4) : body.readUInt32BE(4),
    unitsPerSecond,
    offsetSeconds,
  }
}

/** The high bit chooses: a negative power of 2, or of 10. */
function resolution(code: number): bigint {
  return (code & 0x80) === 0 ? 10n ** BigInt(code) : 2n ** BigInt(code & 0x7f)
}

export function timeOf(high: number, low: number, from: CaptureInterface | undefined): CaptureTime {
  const perSecond = from?.unitsPerSecond ?? 1_000_000n
  // Almost every file: microseconds in 53 bits, without a bigint for every packet.
  if (perSecond === 1_000_000n && high < 0x20_0000) {
    const units = high * 0x1_0000_0000 + low
    const seconds = Math.floor(units / 1e6)
    return { seconds: seconds + (from?.offsetSeconds ?? 0), nanoseconds: (units - seconds * 1e6) * 1000 }
  }
  const units = (BigInt(high) << 32n) | BigInt(low)
  return {
    seconds: Number(units / perSecond) + (from?.offsetSeconds ?? 0),
    nanoseconds: Number(((units % perSecond) * 1_000_000_000n) / perSecond),
  }
}
