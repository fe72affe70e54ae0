import type { Packet } from './packet.js'

/** https://www.tcpdump.org/linktypes.html */
const LINK = {
  null: 0,
  ethernet: 1,
  rawOld: 12,
  rawBsd: 14,
  raw: 101,
  loop: 108,
  sll: 113,
  ipv4: 228,
  ipv6: 229,
  sll2: 276,
}

const ETHERTYPE_IPV4 = 0x0800
const ETHERTYPE_IPV6 = 0x86dd
/** 802.1Q, 802.1ad, and what was used before it. */
const VLAN = new Set([0x8100, 0x88a8, 0x9100, 0x9200])

/** The IP packet inside a captured frame; `undefined` when there is none, or the frame is cut. */
export function ipPacketOf({ linkType, bytes }: Packet): Buffer | undefined {
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
    default:
      return undefined
  }
}

/** @param at where the ethertype is; @param body where what it names begins. */
function afterEthertype(bytes: Buffer, at: number, body: number): Buffer | undefined {
  let typeAt = at
  let bodyAt = body
  while (bytes.length >= bodyAt && bytes.length >= typeAt + 2) {
    const type = bytes.readUInt16BE(typeAt)
    if (type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6) return bytes.subarray(bodyAt)
    if (!VLAN.has(type)) return undefined
    // A VLAN tag is 2 bytes, then the next ethertype.
    typeAt = bodyAt + 2
    bodyAt += 4
  }
  return undefined
}
