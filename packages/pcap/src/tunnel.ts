import { packetIn } from './ethertype.js'
import { upperLayerOf } from './ip-header.js'
import { ETHERTYPE, ipIn, type Layer } from './layer.js'

/** More tunnels in tunnels than this are an attempt to keep us busy. */
const MAX_NESTED = 8

/** IP protocol numbers that carry packets. */
const CARRIERS: ReadonlyMap<number, (bytes: Buffer) => Layer | undefined> = new Map([
  [4, ipIn],
  [41, ipIn],
  [47, behindGre],
  // EtherIP (RFC 3378): version and 12 bits of zeros.
  [97, (bytes) => ({ type: ETHERTYPE.ethernet, bytes: bytes.subarray(2) })],
  // RFC 4023 §3.
  [137, (bytes) => ({ type: ETHERTYPE.mpls, bytes })],
  // RFC 8986 §9: what SRv6 carries at layer 2.
  [143, (bytes) => ({ type: ETHERTYPE.ethernet, bytes })],
])

/** The packet that a packet carries, if it does; of a fragment nothing is taken out. */
export function withoutTunnels(packet: Buffer): Buffer | undefined {
  let ip: Buffer | undefined = packet
  for (let depth = 0; ip !== undefined && depth < MAX_NESTED; depth++) {
    const upper = upperLayerOf(ip)
    const inside = upper === undefined || upper.fragment ? undefined : CARRIERS.get(upper.protocol)
    if (upper === undefined || inside === undefined) return ip
    const layer = inside(ip.subarray(upper.at))
    ip = layer === undefined ? undefined : packetIn(layer)
  }
  return ip
}

const ERSPAN = 0x88be
const ERSPAN_3 = 0x22eb

/** RFC 2784 §2, RFC 2890 §2: flags for a checksum, a key and a sequence number of 4 bytes each, then the ethertype. */
function behindGre(bytes: Buffer): Layer | undefined {
  if (bytes.length < 4) return undefined
  const flags = bytes.readUInt16BE(0)
  // Version 1 is PPTP: PPP with its own numbers.
  if ((flags & 7) !== 0) return undefined
  let length = 4
  for (const bit of [0x8000, 0x2000, 0x1000]) if ((flags & bit) !== 0) length += 4
  const type = bytes.readUInt16BE(2)
  const inner = bytes.subarray(length)
  if (type === ERSPAN_3) return behindErspan3(inner)
  if (type !== ERSPAN) return { type, bytes: inner }
  // Type 2 has a sequence number, and 8 bytes of its own; type 1 has neither.
  return { type: ETHERTYPE.ethernet, bytes: (flags & 0x1000) === 0 ? inner : inner.subarray(8) }
}

/** draft-foschiano-erspan §4.3: 12 bytes, and 8 more when the last bit says so. */
function behindErspan3(bytes: Buffer): Layer {
  const length = ((bytes[11] ?? 0) & 1) === 0 ? 12 : 20
  return { type: ETHERTYPE.ethernet, bytes: bytes.subarray(length) }
}
