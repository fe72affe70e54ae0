import { ipv4Text, ipv6Text } from './address.js'
import { endOf, upperLayerOf } from './ip-header.js'

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

/**
 * `undefined` for what is neither UDP nor TCP, for a fragment but the first, and for what is cut off inside
 * its headers. The first fragment of a UDP datagram counts with the length of the whole (RFC 768).
 */
export function datagramOf(ip: Buffer): Datagram | undefined {
  const upper = upperLayerOf(ip)
  if (upper === undefined || upper.later) return undefined
  const v4 = (ip[0] ?? 0) >> 4 === 4
  return transport(upper.protocol, ip.subarray(upper.at), endOf(ip) - upper.at, () =>
    v4 ? [ipv4Text(ip, 12), ipv4Text(ip, 16)] : [ipv6Text(ip, 8), ipv6Text(ip, 24)],
  )
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
