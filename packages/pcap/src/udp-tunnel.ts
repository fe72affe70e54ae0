import { packetIn } from './ethertype.js'
import { upperLayerOf } from './ip-header.js'
import { ETHERTYPE, ipIn, type Layer } from './layer.js'
import { insidePpp } from './ppp.js'
import { withoutTunnels } from './tunnel.js'

type Inside = (bytes: Buffer) => Layer | undefined

/** By the port that a tunnel is sent to. */
const TUNNELS: ReadonlyMap<number, Inside> = new Map<number, Inside>([
  [1701, insideL2tp],
  [2152, insideGtp],
  [3544, insideTeredo],
  // LISP (RFC 9300 §5.1): flags, nonce, locator bits.
  [4341, (bytes) => ipIn(bytes.subarray(8))],
  [4789, insideVxlan],
  [4790, insideVxlanGpe],
  [6081, insideGeneve],
  // RFC 7510 §3.
  [6635, (bytes) => ({ type: ETHERTYPE.mpls, bytes })],
  // VXLAN as Linux sends it unless told otherwise.
  [8472, insideVxlan],
])

const UDP = 17
const UDP_HEADER = 8

/**
 * The IP packet that a UDP datagram carries, when it is sent to the port of a tunnel and begins as one: VXLAN,
 * Geneve, GTP-U, MPLS in UDP, L2TP, LISP, Teredo.
 */
export function insideUdpTunnel(ip: Buffer): Buffer | undefined {
  const upper = upperLayerOf(ip)
  if (upper === undefined || upper.protocol !== UDP || upper.fragment) return undefined
  const { at } = upper
  if (ip.length < at + UDP_HEADER) return undefined
  const layer = TUNNELS.get(ip.readUInt16BE(at + 2))?.(ip.subarray(at + UDP_HEADER))
  const inner = layer === undefined ? undefined : packetIn(layer)
  return inner === undefined ? undefined : withoutTunnels(inner)
}

/** RFC 7348 §5: flags with the I bit, reserved, VNI. */
function insideVxlan(bytes: Buffer): Layer | undefined {
  return ((bytes[0] ?? 0) & 0x08) === 0 ? undefined : { type: ETHERTYPE.ethernet, bytes: bytes.subarray(8) }
}

/** draft-ietf-nvo3-vxlan-gpe §3.1: the last byte of the first four says what follows. */
const BY_GPE = new Map<number, number>([
  [1, ETHERTYPE.ipv4],
  [2, ETHERTYPE.ipv6],
  [3, ETHERTYPE.ethernet],
  [4, ETHERTYPE.nsh],
])

function insideVxlanGpe(bytes: Buffer): Layer | undefined {
  if (((bytes[0] ?? 0) & 0x04) === 0) return insideVxlan(bytes)
  const type = BY_GPE.get(bytes[3] ?? 0)
  return type === undefined ? undefined : { type, bytes: bytes.subarray(8) }
}

/** RFC 8926 §3.4: version, length of the options in units of 4 bytes, flags, ethertype, VNI. */
function insideGeneve(bytes: Buffer): Layer | undefined {
  const first = bytes[0] ?? 0xff
  if (bytes.length < 8 || first >> 6 !== 0) return undefined
  return { type: bytes.readUInt16BE(2), bytes: bytes.subarray(8 + (first & 0x3f) * 4) }
}

/** 3GPP TS 29.281 §5.1: version 1 and GTP, and bits for a sequence number, an N-PDU number, extension headers. */
function insideGtp(bytes: Buffer): Layer | undefined {
  const flags = bytes[0] ?? 0
  const USER_PACKET = 255
  if (flags >> 4 !== 3 || bytes[1] !== USER_PACKET) return undefined
  if ((flags & 7) === 0) return ipIn(bytes.subarray(8))
  let at = 12
  let extension = (flags & 4) !== 0 && bytes[11] !== 0
  while (extension) {
    // TS 29.281 §5.2.1: units of 4 bytes, the last byte says whether there is another one.
    const length = (bytes[at] ?? 0) * 4
    if (length === 0 || at + length > bytes.length) return undefined
    at += length
    extension = bytes[at - 1] !== 0
  }
  return ipIn(bytes.subarray(at))
}

/** RFC 2661 §3.1: of version 2, data; bits for a length, sequence numbers, an offset. */
function insideL2tp(bytes: Buffer): Layer | undefined {
  if (bytes.length < 6) return undefined
  const flags = bytes.readUInt16BE(0)
  if ((flags & 0x800f) !== 2) return undefined
  let at = 6
  if ((flags & 0x4000) !== 0) at += 2
  if ((flags & 0x0800) !== 0) at += 4
  if ((flags & 0x0200) !== 0) {
    if (bytes.length < at + 2) return undefined
    at += 2 + bytes.readUInt16BE(at)
  }
  return insidePpp(bytes.subarray(at))
}

const TEREDO = { authentication: 1, origin: 0 } as const

/** RFC 4380 §5.1.1: authentication and origin may be before the IPv6 packet. */
function insideTeredo(bytes: Buffer): Layer | undefined {
  let body = bytes
  if (body[0] === 0 && body[1] === TEREDO.authentication) {
    body = body.subarray(13 + (body[2] ?? 0) + (body[3] ?? 0))
  }
  if (body[0] === 0 && body[1] === TEREDO.origin) body = body.subarray(8)
  return ipIn(body)
}
