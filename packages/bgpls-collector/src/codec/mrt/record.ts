import type { BgpMessageSource } from '../../decode/message-source.js'
import { ipText } from '../address.js'
import { encodeMessage, messageAt, type RawMessage } from '../bgp/message.js'
import { MESSAGE, PATH } from '../iana/bgp-parameters.js'
import { ByteReader } from '../reader.js'
import { ByteWriter } from '../writer.js'

/** https://www.iana.org/assignments/mrt: types, and the subtypes about a session; `local`: what the recorder itself sent. */
export const MRT = { tableDumpV2: 13, bgp4mp: 16, bgp4mpEt: 17 } as const
interface SessionSubtype {
  readonly asn4: boolean
  readonly what: 'message' | 'local-message' | 'state-change'
}
const SESSION_SUBTYPES: ReadonlyMap<number, SessionSubtype> = new Map<number, SessionSubtype>([
  [0, { asn4: false, what: 'state-change' }],
  [1, { asn4: false, what: 'message' }],
  [4, { asn4: true, what: 'message' }],
  [5, { asn4: true, what: 'state-change' }],
  [6, { asn4: false, what: 'local-message' }],
  [7, { asn4: true, what: 'local-message' }],
  // RFC 8050 §4.1, with Path Identifiers, which the list of NLRIs shows by itself.
  [8, { asn4: false, what: 'message' }],
  [9, { asn4: true, what: 'message' }],
  [10, { asn4: false, what: 'local-message' }],
  [11, { asn4: true, what: 'local-message' }],
])
/** RFC 6396 §4.4.1. */
const ESTABLISHED = 6
const PEER_INDEX_TABLE = 1
const RIB_GENERIC = 6
const RIB_GENERIC_ADDPATH = 12

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

/** What a record says of a session: a message of one of its sides, or (without one) that it is over. */
export interface MrtEvent {
  /** The recorder's peer. */
  readonly peer: string
  /** The side that speaks. */
  readonly source: BgpMessageSource
  readonly message?: RawMessage
}

/** What one MRT record says; nothing for types that are about no session. */
export function decodeMrt(header: MrtHeader, body: Buffer, state: MrtState): MrtEvent[] {
  const reader = ByteReader.over(body, 'mrt')
  if (header.type === MRT.bgp4mpEt) reader.skip(4)
  if (header.type === MRT.bgp4mp || header.type === MRT.bgp4mpEt) return bgp4mp(header.subtype, reader)
  if (header.type !== MRT.tableDumpV2) return []
  if (header.subtype === PEER_INDEX_TABLE) {
    state.peers = peerIndexTable(reader)
    return []
  }
  if (header.subtype === RIB_GENERIC) return ribGeneric(reader, state, false)
  return header.subtype === RIB_GENERIC_ADDPATH ? ribGeneric(reader, state, true) : []
}

/** RFC 6396 §4.4.1 to §4.4.4: peer AS, local AS, interface, AFI, addresses, then the message, or the old and the new state. */
function bgp4mp(subtype: number, reader: ByteReader): MrtEvent[] {
  const known = SESSION_SUBTYPES.get(subtype)
  if (known === undefined) return []
  const { asn4, what } = known
  reader.skip(asn4 ? 8 : 4)
  reader.skip(2)
  const width = reader.u16() === 2 ? 16 : 4
  const peer = ipText(reader.take(width))
  const local = ipText(reader.take(width))
  if (what === 'state-change') {
    const over = reader.u16() === ESTABLISHED && reader.u16() !== ESTABLISHED
    return over ? [{ peer, source: { address: peer, asn4 } }] : []
  }
  const message = messageAt(reader.bytes, reader.position, true)
  const source = { address: what === 'local-message' ? local : peer, asn4 }
  return message === undefined ? [] : [{ peer, source, message }]
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
 * entry holds only a next hop (§4.3.4), so the UPDATE is put together again. With ADD-PATH (RFC 8050 §4.3) every
 * entry has a Path Identifier behind its time.
 */
function ribGeneric(reader: ByteReader, state: MrtState, addPath: boolean): MrtEvent[] {
  reader.skip(4)
  const afi = reader.u16()
  const safi = reader.u8()
  const start = reader.position
  reader.skip(2)
  reader.skip(reader.u16())
  const nlri = reader.bytes.subarray(start, reader.position)
  const found: MrtEvent[] = []
  for (let left = reader.u16(); left > 0; left--) {
    const source = state.peers[reader.u16()] ?? { address: 'unknown', asn4: true }
    reader.skip(4)
    const path = addPath ? reader.take(4) : Buffer.alloc(0)
    const attributes = reader.take(reader.u16())
    const message = announcement(afi, safi, Buffer.concat([path, nlri]), attributes)
    found.push({ peer: source.address, source, message })
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
