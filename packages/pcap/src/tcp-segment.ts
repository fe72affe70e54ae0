import { ipv4Text, ipv6Text } from './address.js'

/** A TCP segment with the addresses of its IP packet. */
export interface TcpSegment {
  /** Made when asked for: a stream is known by its `flow`. */
  readonly source: string
  readonly destination: string
  /** The same for all segments of one direction of a connection; no text for people. */
  readonly flow: string
  /** The `flow` of the other direction. */
  readonly reverseFlow: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence: number
  readonly syn: boolean
  readonly fin: boolean
  readonly rst: boolean
  readonly payload: Buffer
}

const TCP = 6
/** Hop-by-hop, routing, destination options: the next header, then a length in units of 8 bytes less one. */
const EXTENSION = new Set([0, 43, 60])

/** `undefined` for what is not TCP, is a fragment, or is cut off inside its headers. */
export function tcpSegmentOf(ip: Buffer): TcpSegment | undefined {
  const version = (ip[0] ?? 0) >> 4
  if (version === 4) return fromIpv4(ip)
  return version === 6 ? fromIpv6(ip) : undefined
}

function fromIpv4(ip: Buffer): TcpSegment | undefined {
  const headerLength = ((ip[0] ?? 0) & 0x0f) * 4
  if (headerLength < 20 || ip.length < headerLength || ip[9] !== TCP) return undefined
  // More fragments, or not the first one.
  if ((ip.readUInt16BE(6) & 0x3fff) !== 0) return undefined
  // 0: captured before segmentation was offloaded; frames are padded to 60 bytes, so the length counts.
  const total = ip.readUInt16BE(2) || ip.length
  return tcp(ip, headerLength, Math.min(total, ip.length), 12, 4)
}

function fromIpv6(ip: Buffer): TcpSegment | undefined {
  if (ip.length < 40) return undefined
  const end = ip.readUInt16BE(4) === 0 ? ip.length : 40 + ip.readUInt16BE(4)
  let next = ip[6] ?? 0
  let at = 40
  while (EXTENSION.has(next)) {
    if (ip.length < at + 8) return undefined
    next = ip[at] ?? 0
    at += ((ip[at + 1] ?? 0) + 1) * 8
  }
  return next === TCP ? tcp(ip, at, Math.min(end, ip.length), 8, 16) : undefined
}

/** @param addresses where they are in the IP header; @param width of one. */
function tcp(ip: Buffer, start: number, end: number, addresses: number, width: 4 | 16): TcpSegment | undefined {
  if (end - start < 20) return undefined
  const dataOffset = ((ip[start + 12] ?? 0) >> 4) * 4
  if (dataOffset < 20 || end - start < dataOffset) return undefined
  const flags = ip[start + 13] ?? 0
  const sourcePort = ip.readUInt16BE(start)
  const destinationPort = ip.readUInt16BE(start + 2)
  const text = (at: number) => (width === 4 ? ipv4Text(ip, at) : ipv6Text(ip, at))
  const raw = (from: number, to: number) => ip.toString('latin1', from, to)
  const middle = addresses + width
  return {
    get source() {
      return text(addresses)
    },
    get destination() {
      return text(middle)
    },
    flow: raw(addresses, middle + width) + String.fromCharCode(sourcePort, destinationPort),
    get reverseFlow() {
      return raw(middle, middle + width) + raw(addresses, middle) + String.fromCharCode(destinationPort, sourcePort)
    },
    sourcePort,
    destinationPort,
    sequence: ip.readUInt32BE(start + 4),
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    rst: (flags & 4) !== 0,
    payload: ip.subarray(start + dataOffset, end),
  }
}
