import { SegchainError, type TopologyRecord } from '@segchain/records'
import { ipBytes } from '../address.js'
import { encodeAttribute } from '../attribute.js'
import { AFI_LINK_STATE, MESSAGE, PATH, SAFI_LINK_STATE_VPN } from '../iana/bgp-parameters.js'
import { encodeNlri, type NodeLookup } from '../nlri/encode.js'
import { safiOf } from '../table.js'
import { ByteWriter } from '../writer.js'
import { encodeMessage, MAX_EXTENDED_LENGTH, MAX_LENGTH } from './message.js'

/** What an announcement needs besides the record. */
export interface AnnounceContext {
  /** An IPv4 or IPv6 address. */
  readonly nextHop: string
  readonly localAsn: number
  /** iBGP: empty AS_PATH and a LOCAL_PREF (RFC 4271 §5.1). */
  readonly internal: boolean
  /** Both sides have 4-octet AS numbers. */
  readonly asn4: boolean
  /** Messages may have more than 4,096 bytes (RFC 8654). */
  readonly extended: boolean
}

/**
 * An UPDATE that announces one object with its attribute.
 * @throws {SegchainError} `TOO_LARGE` when it does not fit into a message.
 */
export function encodeAnnouncement(record: TopologyRecord, lookup: NodeLookup, context: AnnounceContext): Buffer {
  const attributes = new ByteWriter()
  // RFC 7606 §5.1: MP_REACH_NLRI comes first.
  addAttribute(attributes, 0x90, PATH.mpReach, (value) => {
    const safi = safiOf(record)
    value.u16(AFI_LINK_STATE).u8(safi)
    value.prefixed(1, (hop) => {
      // RFC 4364 §4.3.2: in a VPN the next hop has a Route Distinguisher of 0 before it.
      if (safi === SAFI_LINK_STATE_VPN) hop.u64(0n)
      hop.bytes(ipBytes(context.nextHop) ?? Buffer.alloc(4))
    })
    value.u8(0)
    encodeNlri(value, record, lookup)
  })
  attributes.u8(0x40).u8(PATH.origin).u8(1).u8(0)
  attributes
    .u8(0x40)
    .u8(PATH.asPath)
    .prefixed(1, (path) => {
      if (context.internal) return
      path.u8(2).u8(1)
      if (context.asn4) path.u32(context.localAsn)
      else path.u16(context.localAsn > 0xffff ? 23_456 : context.localAsn)
    })
  if (context.internal) attributes.u8(0x40).u8(PATH.localPref).u8(4).u32(100)
  const linkState = new ByteWriter()
  encodeAttribute(linkState, record)
  if (linkState.length > 0) {
    addAttribute(attributes, 0x90, PATH.linkState, (value) => value.bytes(linkState.toBytes()))
  }
  return updateOf(attributes, record.id, context)
}

/** An UPDATE that withdraws one object. */
export function encodeWithdrawal(record: TopologyRecord, lookup: NodeLookup, context: AnnounceContext): Buffer {
  const attributes = new ByteWriter()
  addAttribute(attributes, 0x90, PATH.mpUnreach, (value) => {
    value.u16(AFI_LINK_STATE).u8(safiOf(record))
    encodeNlri(value, record, lookup)
  })
  return updateOf(attributes, record.id, context)
}

function addAttribute(writer: ByteWriter, flags: number, type: number, fill: (value: ByteWriter) => void): void {
  writer.u8(flags).u8(type).prefixed(2, fill)
}

function updateOf(attributes: ByteWriter, id: string, { extended }: AnnounceContext): Buffer {
  const bytes = attributes.toBytes()
  const limit = extended ? MAX_EXTENDED_LENGTH : MAX_LENGTH
  if (bytes.length + 23 > limit) {
    throw new SegchainError({
      category: 'data',
      code: 'TOO_LARGE',
      message: `${id} needs an UPDATE of ${bytes.length + 23} bytes, the peer takes ${limit}`,
      ...(extended ? {} : { hint: 'a peer with extended messages (RFC 8654) takes 65,535' }),
    })
  }
  return encodeMessage(MESSAGE.update, new ByteWriter().u16(0).u16(bytes.length).bytes(bytes).toBytes())
}
