import { insideFrame, packetIn } from './ethertype.js'
import { insideFrameRelay } from './frame-relay.js'
import { insideJuniper } from './juniper.js'
import { ETHERTYPE, ipIn, type Layer } from './layer.js'
import { insideNflog } from './nflog.js'
import type { Packet } from './packet.js'
import { insidePpp } from './ppp.js'
import { withoutTunnels } from './tunnel.js'
import { insidePrism, insideRadiotap, insideWifi } from './wifi.js'

type Inside = (bytes: Buffer) => Layer | undefined

/** A header of `length` bytes, then IP. */
const ipBehind =
  (length: number): Inside =>
  (bytes) =>
    ipIn(bytes.subarray(length))

/** An ethertype at `at`, and what it names from `body` on. */
const typeAt =
  (at: number, body: number): Inside =>
  (bytes) =>
    bytes.length < body ? undefined : { type: bytes.readUInt16BE(at), bytes: bytes.subarray(body) }

/** A header of `length` bytes, then something of the type. */
const behind =
  (length: number, type: number): Inside =>
  (bytes) => ({ type, bytes: bytes.subarray(length) })

/** A header of `length` bytes, then another link layer. */
const skipping =
  (length: number, inside: Inside): Inside =>
  (bytes) =>
    inside(bytes.subarray(length))

const ciscoHdlc = typeAt(2, 4)

/** https://www.tcpdump.org/linktypes.html, without those that hold other link layers. */
const LINK_TYPES: ReadonlyMap<number, Inside> = new Map<number, Inside>([
  // BSD loopback: the family, in the byte order of one machine or another.
  [0, ipBehind(4)],
  [1, insideFrame],
  // Token Ring and FDDI without source routing.
  [6, behind(14, ETHERTYPE.llc)],
  [9, insidePpp],
  [10, behind(13, ETHERTYPE.llc)],
  // Raw IP, by the numbers of two BSDs.
  [12, ipIn],
  [14, ipIn],
  [50, insidePpp],
  [51, behind(0, ETHERTYPE.pppoe)],
  // RFC 2684.
  [100, behind(0, ETHERTYPE.llc)],
  [101, ipIn],
  [104, ciscoHdlc],
  [105, (bytes) => insideWifi(bytes)],
  [107, insideFrameRelay],
  [108, ipBehind(4)],
  // OpenBSD's decrypted IPsec: family, SPI, flags.
  [109, ipBehind(12)],
  [113, typeAt(14, 16)],
  [119, insidePrism],
  // IP over Fibre Channel (RFC 2625), over SunATM (flags, VPI, VCI).
  [122, behind(16, ETHERTYPE.llc)],
  [123, behind(4, ETHERTYPE.llc)],
  [127, insideRadiotap],
  // IP over IEEE 1394 (RFC 2734).
  [138, typeAt(16, 18)],
  [163, insidePrism],
  // Direction and control of pppd.
  [166, skipping(2, insidePpp)],
  [178, insideJuniper(insideFrame)],
  [179, insideJuniper(insidePpp)],
  [180, insideJuniper(insideFrameRelay)],
  [181, insideJuniper(ciscoHdlc)],
  // The direction, then PPP, Cisco HDLC, Frame Relay.
  [204, skipping(1, insidePpp)],
  [205, skipping(1, ciscoHdlc)],
  [206, skipping(1, insideFrameRelay)],
  [219, behind(0, ETHERTYPE.mpls)],
  // Solaris: version, family, hook, length, interfaces, zones.
  [226, ipBehind(24)],
  [228, ipIn],
  [229, ipIn],
  [239, insideNflog],
  // netANALYZER: 4 bytes of its own, without and with the preamble.
  [240, skipping(4, insideFrame)],
  [241, skipping(12, insideFrame)],
  // IP over InfiniBand (RFC 4391): a route, then the ethertype.
  [242, typeAt(40, 44)],
  [276, typeAt(0, 20)],
])

/** Headers that tell which link type follows: of macOS (length, kind, type), and of PPI (version, flags, length, type). */
const PKTAP = new Set([149, 258])
const PPI = 192

/**
 * The IP packet inside a captured frame; `undefined` when there is none, or the frame is cut. Inside of VLAN tags,
 * PPP, MPLS labels and the tunnels that are no UDP (IP in IP, SRv6, GRE) it is the inner one.
 */
export function ipPacketOf({ linkType, bytes }: Packet): Buffer | undefined {
  const layer = layerOf(linkType, bytes)
  const ip = layer === undefined ? undefined : packetIn(layer)
  return ip === undefined ? undefined : withoutTunnels(ip)
}

/** Whether frames of a link type can be read; that of some names another one, which may be unknown all the same. */
export function isKnownLinkType(linkType: number): boolean {
  return LINK_TYPES.has(linkType) || PKTAP.has(linkType) || linkType === PPI
}

function layerOf(linkType: number, bytes: Buffer): Layer | undefined {
  if (PKTAP.has(linkType)) {
    return bytes.length < 12 ? undefined : nested(bytes.readUInt32LE(8), bytes, bytes.readUInt32LE(0), 12)
  }
  if (linkType === PPI) {
    return bytes.length < 8 ? undefined : nested(bytes.readUInt32LE(4), bytes, bytes.readUInt16LE(2), 8)
  }
  return LINK_TYPES.get(linkType)?.(bytes)
}

function nested(linkType: number, bytes: Buffer, length: number, least: number): Layer | undefined {
  return length < least ? undefined : LINK_TYPES.get(linkType)?.(bytes.subarray(length))
}
