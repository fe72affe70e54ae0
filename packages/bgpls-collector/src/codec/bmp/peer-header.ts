import { Parser } from 'binary-parser'
import { ipv4Text, ipv6Text } from '../address.js'
import { LOC_RIB_PEER } from '../iana/bmp-parameters.js'
import type { ByteReader } from '../reader.js'

export interface BmpPeer {
  readonly type: number
  /** Peer Distinguisher as hex; zeros for the global instance. */
  readonly distinguisher: string
  readonly address: string
  readonly asn: number
  readonly bgpId: string
  /** After the inbound policy (L), towards the peer (O, RFC 8671), of the router's own table (RFC 9069). */
  readonly view: 'pre-policy' | 'post-policy' | 'adj-rib-out' | 'adj-rib-out-post-policy' | 'loc-rib'
  /** AS_PATH has 4-octet AS numbers (A flag clear). */
  readonly asn4: boolean
}

/**
 * ```
 * |   Peer Type   |  Peer Flags   |   Peer Distinguisher (8)        RFC 7854 §4.2
 * |   Peer Address (16)  |  Peer AS (4)  |  Peer BGP ID (4)  |  seconds (4)  |  microseconds (4)
 * ```
 */
const fixedPart = new Parser()
  .uint8('type')
  .uint8('flags')
  .buffer('distinguisher', { length: 8 })
  .buffer('address', { length: 16 })
  .uint32be('asn')
  .buffer('bgpId', { length: 4 })
  .uint32be('seconds')
  .uint32be('microseconds')
const LENGTH = 42

export function readPeerHeader(reader: ByteReader): BmpPeer {
  const { type, flags, distinguisher, address, asn, bgpId } = fixedPart.parse(reader.take(LENGTH))
  const locRib = type === LOC_RIB_PEER
  const ipv6 = !locRib && (flags & 0x80) !== 0
  return {
    type,
    distinguisher: distinguisher.toString('hex'),
    address: ipv6 ? ipv6Text(address) : ipv4Text(address, 12),
    asn,
    bgpId: ipv4Text(bgpId),
    view: locRib ? 'loc-rib' : viewOf(flags),
    // RFC 9069 §4.2: in a Loc-RIB peer the first bit is F, and AS numbers always have 4 octets.
    asn4: locRib || (flags & 0x20) === 0,
  }
}

function viewOf(flags: number): BmpPeer['view'] {
  const post = (flags & 0x40) !== 0
  if ((flags & 0x10) !== 0) return post ? 'adj-rib-out-post-policy' : 'adj-rib-out'
  return post ? 'post-policy' : 'pre-policy'
}
