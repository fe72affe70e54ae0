import { afterEthertype, ethertypeOfPpp, payloadOf } from './ethertype.js'
import type { Packet } from './packet.js'
import { withoutTunnels } from './tunnel.js'
import { afterRadiotap, afterWifiHeader } from './wifi.js'

/** https://www.tcpdump.org/linktypes.html */
const LINK = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  rawOld: 12,
  rawBsd: 14,
  pppHdlc: 50,
  pppoe: 51,
  raw: 101,
  ciscoHdlc: 104,
  wifi: 105,
  loop: 108,
  sll: 113,
  radiotap: 127,
  pktapOld: 149,
  mpls: 219,
  ipv4: 228,
  ipv6: 229,
  nflog: 239,
  pktap: 258,
  sll2: 276,
}

const ETHERTYPE_PPPOE = 0x8864
const ETHERTYPE_MPLS = 0x8847

/**
 * The IP packet inside a captured frame; `undefined` when there is none, or the frame is cut. Inside of VLAN tags,
 * PPP, MPLS labels and the tunnels that are no UDP (IP in IP, SRv6, GRE) it is the inner one.
 */
export function ipPacketOf({ linkType, bytes }: Packet): Buffer | undefined {
  const ip = outerPacketOf(linkType, bytes)
  return ip === undefined ? undefined : withoutTunnels(ip)
}

function outerPacketOf(linkType: number, bytes: Buffer): Buffer | undefined {
  switch (linkType) {
    case LINK.ethernet:
      return afterEthertype(bytes, 12, 14)
    case LINK.sll:
      return afterEthertype(bytes, 14, 16)
    case LINK.sll2:
      return afterEthertype(bytes, 0, 20)
    case LINK.null:
    case LINK.loop:
      return bytes.length < 4 ? undefined : bytes.subarray(4)
    case LINK.raw:
    case LINK.rawOld:
    case LINK.rawBsd:
    case LINK.ipv4:
    case LINK.ipv6:
      return bytes
    case LINK.ppp:
    case LINK.pppHdlc:
      return ethertypeOfPpp(bytes)
    case LINK.pppoe:
      return payloadOf(ETHERTYPE_PPPOE, bytes)
    case LINK.ciscoHdlc:
      return afterEthertype(bytes, 2, 4)
    case LINK.mpls:
      return payloadOf(ETHERTYPE_MPLS, bytes)
    case LINK.wifi:
      return afterWifiHeader(bytes)
    case LINK.radiotap:
      return afterRadiotap(bytes)
    case LINK.pktap:
    case LINK.pktapOld:
      return pktapPayload(bytes)
    case LINK.nflog:
      return nflogPayload(bytes)
    default:
      return undefined
  }
}

/** What macOS writes for several interfaces: length of the header, kind of record, link type of what follows (4 bytes each). */
function pktapPayload(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 12) return undefined
  const length = bytes.readUInt32LE(0)
  const linkType = bytes.readUInt32LE(8)
  const nested = linkType === LINK.pktap || linkType === LINK.pktapOld
  return length < 12 || nested ? undefined : outerPacketOf(linkType, bytes.subarray(length))
}

const NFLOG_PAYLOAD = 9

/** Family, version, resource; then attributes: length (of all of it, without padding), type, both in host order. */
function nflogPayload(bytes: Buffer): Buffer | undefined {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const little = bytes.readUInt16LE(at)
    // Written by a host of either byte order; a length has few bits in its high byte.
    const swapped = little > bytes.length - at
    const length = swapped ? bytes.readUInt16BE(at) : little
    const type = swapped ? bytes.readUInt16BE(at + 2) : bytes.readUInt16LE(at + 2)
    if (length < 4) return undefined
    if (type === NFLOG_PAYLOAD) return bytes.subarray(at + 4, at + length)
    at += (length + 3) & ~3
  }
  return undefined
}
