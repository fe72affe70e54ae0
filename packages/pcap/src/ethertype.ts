import { ETHERTYPE, FIRST_ETHERTYPE, type Layer } from './layer.js'
import { insideLlc } from './llc.js'
import { insidePpp } from './ppp.js'

/** More headers in one frame than this are an attempt to keep us busy. */
const MAX_LAYERS = 32

type Step = (bytes: Buffer) => Layer | undefined

/** A tag between the addresses and the ethertype: `length` bytes, of which the last two are the next ethertype. */
const tag =
  (length: number): Step =>
  (bytes) =>
    bytes.length < length ? undefined : { type: bytes.readUInt16BE(length - 2), bytes: bytes.subarray(length) }

const STEPS: ReadonlyMap<number, Step> = new Map<number, Step>([
  // 802.1Q, 802.1ad, and what was used before it.
  [0x8100, tag(4)],
  [0x88a8, tag(4)],
  [0x9100, tag(4)],
  [0x9200, tag(4)],
  // IEEE 802.1BR, and Cisco's VN-Tag before it.
  [0x893f, tag(8)],
  [0x8926, tag(6)],
  // HSR (IEC 62439-3): path and size, sequence number.
  [0x892f, tag(6)],
  // Cisco's metadata: version, length, a security group tag.
  [0x8909, tag(8)],
  [ETHERTYPE.mpls, behindLabels],
  [0x8848, behindLabels],
  [ETHERTYPE.ethernet, insideFrame],
  // IEEE 802.1ah: a service identifier, then the customer's frame.
  [0x88e7, (bytes) => insideFrame(bytes.subarray(4))],
  [ETHERTYPE.ppp, insidePpp],
  // RFC 2516 §4: version and type, code, session, length, then PPP without its framing.
  [ETHERTYPE.pppoe, (bytes) => insidePpp(bytes.subarray(6))],
  [ETHERTYPE.nsh, behindServiceHeader],
])

/** The IP packet behind all that is before it. */
export function packetIn(first: Layer): Buffer | undefined {
  let layer: Layer | undefined = first
  for (let depth = 0; layer !== undefined && depth < MAX_LAYERS; depth++) {
    if (layer.type === ETHERTYPE.ipv4 || layer.type === ETHERTYPE.ipv6) return layer.bytes
    const step: Step | undefined = layer.type < FIRST_ETHERTYPE ? insideLlc : STEPS.get(layer.type)
    layer = step?.(layer.bytes)
  }
  return undefined
}

/** Behind the addresses of an Ethernet frame. */
export function insideFrame(bytes: Buffer): Layer | undefined {
  return bytes.length < 14 ? undefined : { type: bytes.readUInt16BE(12), bytes: bytes.subarray(14) }
}

const LABEL_BYTES = 4
const CONTROL_WORD = 4

/**
 * RFC 3032 §2.1: labels to the one with the S bit. Nothing says what is behind them: IP begins with its version, and
 * a pseudowire with a control word of Ethernet (RFC 4385 §3) with 0.
 */
function behindLabels(bytes: Buffer): Layer | undefined {
  for (let at = 0; at + LABEL_BYTES <= bytes.length; at += LABEL_BYTES) {
    if (((bytes[at + 2] ?? 0) & 1) === 0) continue
    const inner = bytes.subarray(at + LABEL_BYTES)
    const version = (inner[0] ?? 0) >> 4
    if (version === 4) return { type: ETHERTYPE.ipv4, bytes: inner }
    if (version === 6) return { type: ETHERTYPE.ipv6, bytes: inner }
    return version === 0 ? insideFrame(inner.subarray(CONTROL_WORD)) : undefined
  }
  return undefined
}

/** RFC 8300 §2.2: what an NSH carries. */
const BY_NSH = new Map<number, number>([
  [1, ETHERTYPE.ipv4],
  [2, ETHERTYPE.ipv6],
  [3, ETHERTYPE.ethernet],
  [4, ETHERTYPE.nsh],
  [5, ETHERTYPE.mpls],
])

/** RFC 8300 §2.2: the length counts units of 4 bytes in the low six bits of the second byte. */
function behindServiceHeader(bytes: Buffer): Layer | undefined {
  const length = ((bytes[1] ?? 0) & 0x3f) * 4
  const type = BY_NSH.get(bytes[3] ?? 0)
  return type === undefined || length < 8 || bytes.length < length ? undefined : { type, bytes: bytes.subarray(length) }
}
