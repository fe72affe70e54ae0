import type { BgpMessageSource } from '../../decode/message-source.js'
import { ipText } from '../address.js'
import { encodeMessage, messageAt, type RawMessage } from '../bgp/message.js'
import { MESSAGE, PATH } from '../iana/bgp-parameters.js'
import { ByteReader } from '../reader.js'
import { ByteWriter } from '../writer.js'

/** https://www.iana.org/assignments/mrt: types and the subtypes that hold BGP messages. */
export const MRT = { tableDumpV2: 13, bgp4mp: 16, bgp4mpEt: 17 } as const
const MESSAGE_SUBTYPES: ReadonlyMap<number, { readonly asn4: boolean }> = new Map([
  [1, { asn4: false }],
  [4, { asn4: true }],
  [6, { asn4: false }],
  [7, { asn4: true }],
])
const PEER_INDEX_TABLE = 1
const RIB_GENERIC = new Set([6, 12])

export interface MrtHeader {
  readonly type: number
  readonly subtype: number
  readonly length: number
}

/** Timestamp (4), type (2), subtype (2), length (4): RFC 6396 §2. */
export const MRT_HEADER_LENGTH = 12

export function readMrtHeader(bytes: Buffer): MrtHeader {
  return { type: bytes.readUInt16BE(4), subtype: bytes.readUInt16BE(6), length: bytes.readUInt32BE(8) }
}

/** What a table dump says once, before its entries. */
export interface MrtState {
  peers: readonly BgpMessageSource[]
}

/** The BGP messages of one MRT record; none for types that hold none. */
export function decodeMrt(
  header: MrtHeader,
  body: Buffer,
  state: MrtState,
): { source: BgpMessageSource; message: RawMessage }[] {
  const reader = ByteReader.over(body, 'mrt')
  if (header.type === MRT.bgp4mpEt) reader.skip(4)
  if (header.type === MRT.bgp4mp || header.type === MRT.bgp4mpEt) return bgp4mp(header.subtype, reader)
  if (header.type !== MRT.tableDumpV2) return []
  if (header.subtype === PEER_INDEX_TABLE) {
    state.peers = peerIndexTable(reader)
    return []
  }
  return RIB_GENERIC.has(header.subtype) ? ribGeneric(reader, state) : []
}

/** RFC 6396 §4.4.2, §4.4.3: peer AS, local AS, interface, AFI, addresses, the message. */
function bgp4mp(subtype: number, reader: ByteReader): { source: BgpMessageSource; message: RawMessage }[] {
  const known = MESSAGE_SUBTYPES.get(subtype)
  if (known === undefined) return []
  reader.skip(known.asn4 ? 8 : 4)
  reader.skip(2)
  const width = reader.u16() === 2 ? 16 : 4
  const address = ipText(reader.take(width))
  reader.skip(width)
  const message = messageAt(reader.bytes, reader.position, true)
  return message === undefined ? [] : [{ source: { address, asn4: known.asn4 }, message }]
}

/** RFC 6396 §4.3.1. */
function peerIndexTable(reader: ByteReader): BgpMessageSource[] {
  reader.skip(4)
  reader.skip(reader.u16())
  const peers: BgpMessageSource[] = []
  for (let left = reader.u16(); left > 0; left--) {
    const type = reader.u8()
    reader.skip(4)
    peers.push({ address: ipText(reader.take((type & 1) === 0 ? 4 : 16)), asn4: true })
    reader.skip((type & 2) === 0 ? 2 : 4)
  }
  return peers
}

/**
 * RFC 6396 §4.3.3: AFI, SAFI, one NLRI, then entries of peer and attributes. The MP_REACH_NLRI of an
 * entry holds only a next hop (§4.3.4), so the UPDATE is put together again.
 */
function ribGeneric(reader: ByteReader, state: MrtState): { source: BgpMessageSource; message: RawMessage }[] {
  reader.skip(4)
  const afi = reader.u16()
  const safi = reader.u8()
  const start = reader.position
  reader.skip(2)
  reader.skip(reader.u16())
  const nlri = reader.bytes.subarray(start, reader.position)
  const found: { source: BgpMessageSource; message: RawMessage }[] = []
  for (let left = reader.u16(); left > 0; left--) {
    const source = state.peers[reader.u16()] ?? { address: 'unknown', asn4: true }
    reader.skip(4)
    const attributes = reader.take(reader.u16())
    found.push({ source, message: announcement(afi, safi, nlri, attributes) })
  }
  return found
}

function announcement(afi: number, safi: number, nlri: Buffer, attributes: Buffer): RawMessage {
  const path = new ByteWriter()
  path.u8(0x90).u8(PATH.mpReach)
  path.prefixed(2, (value) => value.u16(afi).u8(safi).u8(4).u32(0).u8(0).bytes(nlri))
  const others = ByteReader.over(attributes, 'attributes')
  while (others.left > 0) {
    const flags = others.u8()
    const type = others.u8()
    const value = others.take((flags & 0x10) === 0 ? others.u8() : others.u16())
    if (type !== PATH.mpReach)
      path
        .u8(flags | 0x10)
        .u8(type)
        .prefixed(2, (out) => out.bytes(value))
  }
  const body = new ByteWriter().u16(0).u16(path.length).bytes(path.toBytes()).toBytes()
  return { type: MESSAGE.update, bytes: encodeMessage(MESSAGE.update, body) }
}
