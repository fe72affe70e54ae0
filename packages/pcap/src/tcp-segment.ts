import { ipv4Text, ipv6Text } from './address.js'

/** A TCP segment with the addresses of its IP packet. */
export interface TcpSegment {
  readonly source: string
  readonly destination: string
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
  return tcp(ip.subarray(headerLength, total), ipv4Text(ip, 12), ipv4Text(ip, 16))
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
  return next === TCP ? tcp(ip.subarray(at, end), ipv6Text(ip, 8), ipv6Text(ip, 24)) : undefined
}

function tcp(bytes: Buffer, source: string, destination: string): TcpSegment | undefined {
  if (bytes.length < 20) return undefined
  const dataOffset = ((bytes[12] ?? 0) >> 4) * 4
  if (dataOffset < 20 || bytes.length < dataOffset) return undefined
  const flags = bytes[13] ?? 0
  return {
    source,
    destination,
    sourcePort: bytes.readUInt16BE(0),
    destinationPort: bytes.readUInt16BE(2),
    sequence: bytes.readUInt32BE(4),
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    rst: (flags & 4) !== 0,
    payload: bytes.subarray(dataOffset),
  }
}
