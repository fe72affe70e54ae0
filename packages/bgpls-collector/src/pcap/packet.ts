/** https://www.tcpdump.org/linktypes.html */
export type LinkType = number

/** One captured packet. */
export interface Packet {
  readonly linkType: LinkType
  readonly bytes: Buffer
  /** Of the packet's first byte in the file. */
  readonly offset: number
}

/** A file that is no capture, or whose structure is broken. */
export { DecodeError } from '../codec/decode-error.js'

/** No link has longer frames (libpcap's own limit for a snapshot length). */
export const MAX_PACKET = 262_144
