import { addressText } from './address.js'

export const SESSION_SIZE = 92
/** What `seen` counts (struct sr_session): the data plane shifts, it does not divide. */
const TICK_NS = 2 ** 30
/** SR_KIND_… */
const KINDS = ['flow', 'service', 'fragment', 'error'] as const

/** A session of one of the session tables. */
export interface Session {
  readonly sourceAddress: string
  readonly destinationAddress: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly protocol: number
  readonly kind: (typeof KINDS)[number] | 'unknown'
  readonly scope: number
  /** Seconds of CLOCK_MONOTONIC, up to 17 s late. */
  readonly seenS: number
  readonly label: number
  readonly instance: number
  /** Labels, top first. */
  readonly stack: readonly number[]
}

/** When a session was used last, as the data plane counts: units of 2^30 ns of CLOCK_MONOTONIC, up to 16 late. */
export function lastSeen(value: Buffer): number {
  return value.readUInt32LE(4)
}

/** `struct sr_key4` or `sr_key6`, and `struct sr_session`. */
export function decodeSession(key: Buffer, value: Buffer): Session {
  const size = key.length === 16 ? 4 : 16
  const at = 2 * size
  const count = Math.min(value.readUInt8(24), 16)
  return {
    sourceAddress: addressText(key.subarray(0, size)),
    destinationAddress: addressText(key.subarray(size, at)),
    sourcePort: key.readUInt16BE(at),
    destinationPort: key.readUInt16BE(at + 2),
    scope: key.readUInt16LE(at + 4),
    protocol: key.readUInt8(at + 6),
    kind: KINDS[key.readUInt8(at + 7)] ?? 'unknown',
    seenS: (lastSeen(value) * TICK_NS) / 1e9,
    label: value.readUInt32LE(8),
    instance: value.readUInt32LE(20),
    stack: Array.from({ length: count }, (_, index) => value.readUInt32BE(28 + 4 * index) >>> 12),
  }
}
