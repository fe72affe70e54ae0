import type { SegchainError } from '@segchain/records'

/** When a packet was captured: whole seconds since 1970 and nanoseconds in it. */
export interface CaptureTime {
  readonly seconds: number
  /** 0 to 999,999,999. */
  readonly nanoseconds: number
}

/** One captured packet. */
export interface Packet {
  /** https://www.tcpdump.org/linktypes.html */
  readonly linkType: number
  /** What was captured of it; a snap length may have cut it. Valid until the next packet is asked for. */
  readonly bytes: Buffer
  /** Offset of the first byte of `bytes` in the file. */
  readonly offset: number
  /** Absent in pcapng's Simple Packet Block. */
  readonly time?: CaptureTime
}

/** No link has longer frames (libpcap's own limit for a snap length). */
export const MAX_PACKET = 262_144

export interface CaptureOptions {
  /**
   * Hears of damage instead of getting it thrown; the reader goes on at the next bytes that look like a packet.
   * The file header must be whole all the same.
   */
  readonly onDamage?: (error: SegchainError) => void
}
