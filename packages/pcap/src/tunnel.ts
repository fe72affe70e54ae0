import { afterEthertype, payloadOf } from './ethertype.js'
import { upperLayerOf } from './ip-header.js'

const IPV4_IN_IP = 4
const IPV6_IN_IP = 41
const GRE = 47
/** RFC 8986 §9: what SRv6 carries at layer 2. */
const ETHERNET_IN_IP = 143
const ETHERTYPE_ETHERNET = 0x6558
const ETHERTYPE_ERSPAN = 0x88be
/** More tunnels in tunnels than this are an attempt to keep us busy. */
const MAX_NESTED = 8

/** The packet that a packet carries, if it does; of a fragment nothing is taken out. */
export function withoutTunnels(packet: Buffer): Buffer | undefined {
  let ip: Buffer | undefined = packet
  for (let depth = 0; ip !== undefined && depth < MAX_NESTED; depth++) {
    const upper = upperLayerOf(ip)
    if (upper === undefined || upper.fragment || !CARRIERS.has(upper.protocol)) return ip
    ip = carriedBy(upper.protocol, ip.subarray(upper.at))
  }
  return ip
}

const CARRIERS = new Set([IPV4_IN_IP, IPV6_IN_IP, GRE, ETHERNET_IN_IP])

function carriedBy(protocol: number, bytes: Buffer): Buffer | undefined {
  if (protocol === GRE) return behindGre(bytes)
  if (protocol === ETHERNET_IN_IP) return afterEthertype(bytes, 12, 14)
  return bytes.length === 0 ? undefined : bytes
}

/** RFC 2784 §2, RFC 2890 §2: flags for a checksum, a key and a sequence number of 4 bytes each, then the ethertype. */
function behindGre(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 4) return undefined
  const flags = bytes.readUInt16BE(0)
  // Version 1 is PPTP: PPP with its own numbers.
  if ((flags & 7) !== 0) return undefined
  let length = 4
  for (const bit of [0x8000, 0x2000, 0x1000]) if ((flags & bit) !== 0) length += 4
  const type = bytes.readUInt16BE(2)
  const inner = bytes.subarray(length)
  if (type === ETHERTYPE_ETHERNET) return afterEthertype(inner, 12, 14)
  // ERSPAN of type 2 has a sequence number, and 8 bytes of its own; type 1 has neither.
  if (type === ETHERTYPE_ERSPAN) return afterEthertype((flags & 0x1000) === 0 ? inner : inner.subarray(8), 12, 14)
  return payloadOf(type, inner)
}
