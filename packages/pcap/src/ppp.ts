import { ETHERTYPE, type Layer } from './layer.js'

/** PPP protocol numbers (RFC 1332, 5072, 3032, 3518) as ethertypes. */
const BY_PPP = new Map<number, number>([
  [0x0021, ETHERTYPE.ipv4],
  [0x0057, ETHERTYPE.ipv6],
  [0x0281, ETHERTYPE.mpls],
  [0x0283, ETHERTYPE.mpls],
])
const MULTILINK = 0x003d
/** RFC 1990 §3: the first and the last fragment in one is a whole packet. */
const WHOLE = 0xc0

/** Behind PPP, with or without address and control (RFC 1662 §3.1), its protocol compressed or not. */
export function insidePpp(bytes: Buffer): Layer | undefined {
  const framed = bytes[0] === 0xff && bytes[1] === 0x03
  return behindProtocol(bytes.subarray(framed ? 2 : 0))
}

function behindProtocol(bytes: Buffer): Layer | undefined {
  if (bytes.length < 2) return undefined
  // RFC 1661 §6.5: the low bit says that this byte is the last one.
  const width = ((bytes[0] ?? 0) & 1) === 1 ? 1 : 2
  const protocol = width === 1 ? (bytes[0] ?? 0) : bytes.readUInt16BE(0)
  const inner = bytes.subarray(width)
  if (protocol === MULTILINK) return insideFragment(inner)
  const type = BY_PPP.get(protocol)
  return type === undefined ? undefined : { type, bytes: inner }
}

/** RFC 1990 §3: the sequence number has 4 bytes with the flags, or 2 where LCP has agreed on it. */
function insideFragment(bytes: Buffer): Layer | undefined {
  if (((bytes[0] ?? 0) & WHOLE) !== WHOLE) return undefined
  return behindInner(bytes.subarray(4)) ?? behindInner(bytes.subarray(2))
}

function behindInner(bytes: Buffer): Layer | undefined {
  // Of multilink in multilink there is nothing to be had.
  return bytes[0] === MULTILINK || (bytes[0] === 0 && bytes[1] === MULTILINK) ? undefined : behindProtocol(bytes)
}
