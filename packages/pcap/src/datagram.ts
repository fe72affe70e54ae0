import { ipv4Text, ipv6Text } from './address.js'

/** The transport header of one packet. */
export interface Datagram {
  readonly transport: 'udp' | 'tcp'
  readonly source: string
  readonly destination: string
  readonly sourcePort: number
  readonly destinationPort: number
  /** Bytes after the transport header, as the headers say (a snap length may have cut them). */
  readonly payloadBytes: number
}

const TCP = 6
const UDP = 17
/** Hop-by-hop, routing, destination options: the next header, then a length in units of 8 bytes less one. */
const EXTENSION = new Set([0, 43, 60])
const FRAGMENT = 44
const MAX_EXTENSIONS = 8

/**
 * `undefined` for what is neither UDP nor TCP, for a fragment but the first, and for what is cut off inside
 * its headers. The first fragment of a UDP datagram counts with the length of the whole (RFC 768).
 */
export function datagramOf(ip: Buffer): Datagram | undefined {
  const version = (ip[0] ?? 0) >> 4
  if (version === 4) return fromIpv4(ip)
  return version === 6 ? fromIpv6(ip) : undefined
}

function fromIpv4(ip: Buffer): Datagram | undefined {
  const headerLength = ((ip[0] ?? 0) & 0x0f) * 4
  if (headerLength < 20 || ip.length < headerLength) return undefined
  if ((ip.readUInt16BE(6) & 0x1fff) !== 0) return undefined
  const total = ip.readUInt16BE(2)
  // 0: captured before segmentation was offloaded.
  const length = total === 0 ? ip.length - headerLength : total - headerLength
  return transport(ip[9] ?? 0, ip.subarray(headerLength), length, () => [ipv4Text(ip, 12), ipv4Text(ip, 16)])
}

function fromIpv6(ip: Buffer): Datagram | undefined {
  if (ip.length < 40) return undefined
  const payload = ip.readUInt16BE(4)
  const end = payload === 0 ? ip.length : 40 + payload
  let next = ip[6] ?? 0
  let at = 40
  for (let count = 0; count < MAX_EXTENSIONS && (EXTENSION.has(next) || next === FRAGMENT); count++) {
    if (ip.length < at + 8) return undefined
    if (next === FRAGMENT && (ip.readUInt16BE(at + 2) & 0xfff8) !== 0) return undefined
    const length = next === FRAGMENT ? 8 : ((ip[at + 1] ?? 0) + 1) * 8
    next = ip[at] ?? 0
    at += length
  }
  return transport(next, ip.subarray(at), end - at, () => [ipv6Text(ip, 8), ipv6Text(ip, 24)])
}

/** @param length of header and payload as the IP header says. */
function transport(
  protocol: number,
  bytes: Buffer,
  length: number,
  addresses: () => [string, string],
): Datagram | undefined {
  let payloadBytes: number
  if (protocol === UDP) {
    if (bytes.length < 8) return undefined
    // 0: a jumbogram (RFC 2675 §4).
    payloadBytes = (bytes.readUInt16BE(4) || length) - 8
  } else if (protocol === TCP) {
    if (bytes.length < 20) return undefined
    payloadBytes = length - ((bytes[12] ?? 0) >> 4) * 4
  } else return undefined
  if (payloadBytes < 0) return undefined
  const [source, destination] = addresses()
  return {
    transport: protocol === UDP ? 'udp' : 'tcp',
    source,
    destination,
    sourcePort: bytes.readUInt16BE(0),
    destinationPort: bytes.readUInt16BE(2),
    payloadBytes,
  }
}
