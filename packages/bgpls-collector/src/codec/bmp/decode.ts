import { messageAt, type RawMessage } from '../bgp/message.js'
import { decodeNotification, describeNotification } from '../bgp/notification.js'
import { decodeOpen, type Open } from '../bgp/open.js'
import { BMP_MESSAGE, peerDownReasons, terminationReasons } from '../iana/bmp-parameters.js'
import { ByteReader } from '../reader.js'
import { readText } from '../text.js'
import { BMP_HEADER_LENGTH, type RawBmpMessage } from './message.js'
import { type BmpPeer, readPeerHeader } from './peer-header.js'

export type BmpMessage =
  | { readonly kind: 'route-monitoring'; readonly peer: BmpPeer; readonly update: RawMessage }
  | { readonly kind: 'peer-up'; readonly peer: BmpPeer; readonly sent?: Open; readonly received?: Open }
  | { readonly kind: 'peer-down'; readonly peer: BmpPeer; readonly reason: string }
  | { readonly kind: 'initiation'; readonly systemName?: string; readonly systemDescription?: string }
  | { readonly kind: 'termination'; readonly reason: string }
  | { readonly kind: 'statistics'; readonly peer: BmpPeer; readonly counters: Readonly<Record<string, string>> }
  /** Route mirroring, and types and versions that are not known: passed over by their length. */
  | { readonly kind: 'other'; readonly type: number }

/** @throws {DecodeError} when lengths do not fit. The station goes on with the next message. */
export function decodeBmp(message: RawBmpMessage): BmpMessage {
  const reader = ByteReader.over(message.bytes, 'bmp')
  reader.skip(BMP_HEADER_LENGTH)
  switch (message.type) {
    case BMP_MESSAGE.routeMonitoring: {
      const peer = readPeerHeader(reader)
      return { kind: 'route-monitoring', peer, update: message.version === 3 ? readBgp(reader) : readBgpTlv(reader) }
    }
    case BMP_MESSAGE.peerUp:
      return peerUp(reader)
    case BMP_MESSAGE.peerDown:
      return peerDown(reader)
    case BMP_MESSAGE.initiation:
      return initiation(reader)
    case BMP_MESSAGE.termination:
      return termination(reader)
    case BMP_MESSAGE.statisticsReport:
      // Version 4 has them in a TLV whose form is not settled.
      return message.version === 3 ? statistics(reader) : { kind: 'other', type: message.type }
    default:
      return { kind: 'other', type: message.type }
  }
}

/** A whole BGP message, as long as its own header says. */
function readBgp(reader: ByteReader): RawMessage {
  const message = messageAt(reader.bytes, reader.position, true)
  if (message === undefined) throw reader.error('TOO_SHORT', 'the BGP message inside is cut off', { have: reader.left })
  reader.skip(message.bytes.length)
  return message
}

const MARKER_LENGTH = 16

/**
 * ```
 * |E|          Type (15)          |            Length             |   draft-ietf-grow-bmp-tlv §4.1, version 4
 * |             Index             |  Value ...
 * ```
 * The BGP message is in one of these TLVs. Its type was 1 up to revision 19 and is 7 since, and revisions differ
 * in whether every TLV has an index: the marker of the message tells which one it is and where it begins.
 */
function readBgpTlv(reader: ByteReader): RawMessage {
  const start = reader.position
  for (const indexLength of [2, 0]) {
    reader.position = start
    while (reader.left >= 4 + indexLength) {
      reader.skip(2)
      const length = reader.u16()
      reader.skip(indexLength)
      if (length > reader.left) break
      const value = reader.sub(length, 'tlv')
      if (length >= MARKER_LENGTH && isMarker(value)) return readBgp(value)
    }
  }
  throw reader.error('TOO_SHORT', 'no TLV of the message holds a BGP message', { have: reader.left })
}

function isMarker({ bytes, position }: ByteReader): boolean {
  for (let at = position; at < position + MARKER_LENGTH; at++) if (bytes[at] !== 0xff) return false
  return true
}

/** RFC 7854 §4.10: local address (16), ports (2, 2), sent OPEN, received OPEN, information TLVs. */
function peerUp(reader: ByteReader): BmpMessage {
  const peer = readPeerHeader(reader)
  reader.skip(20)
  const sent = decodeOpen(readBgp(reader))
  const received = decodeOpen(readBgp(reader))
  return { kind: 'peer-up', peer, sent, received }
}

/** RFC 7854 §4.9: a reason, then a NOTIFICATION (1, 3), an FSM event (2), or nothing. */
function peerDown(reader: ByteReader): BmpMessage {
  const peer = readPeerHeader(reader)
  const code = reader.u8()
  const text = peerDownReasons[code] ?? `reason ${code}`
  if ((code !== 1 && code !== 3) || reader.left === 0) return { kind: 'peer-down', peer, reason: text }
  const notification = describeNotification(decodeNotification(readBgp(reader)))
  return { kind: 'peer-down', peer, reason: `${text}: ${notification}` }
}

/** RFC 7854 §4.4: 0 free text, 1 sysDescr, 2 sysName. */
function initiation(reader: ByteReader): BmpMessage {
  const found: { systemName?: string; systemDescription?: string } = {}
  while (reader.left > 0) {
    const type = reader.u16()
    const value = reader.sub(reader.u16(), `information-${type}`)
    if (type === 1) found.systemDescription = readText(value)
    else if (type === 2) found.systemName = readText(value)
  }
  return { kind: 'initiation', ...found }
}

function termination(reader: ByteReader): BmpMessage {
  let reason = 'the router ended the monitoring'
  while (reader.left > 0) {
    const type = reader.u16()
    const value = reader.sub(reader.u16(), `information-${type}`)
    if (type !== 1) continue
    const code = value.u16()
    reason = terminationReasons[code] ?? `reason ${code}`
  }
  return { kind: 'termination', reason }
}

/** RFC 7854 §4.8: counters of 4 or 8 bytes by type; per-family ones carry AFI and SAFI first. */
function statistics(reader: ByteReader): BmpMessage {
  const peer = readPeerHeader(reader)
  const counters: Record<string, string> = {}
  for (let left = reader.u32(); left > 0; left--) {
    const type = reader.u16()
    const value = reader.sub(reader.u16(), `statistic-${type}`)
    if (value.left === 4) counters[type] = String(value.u32())
    else if (value.left === 8) counters[type] = value.u64().toString()
    else if (value.left === 11) counters[`${type} ${value.u16()}/${value.u8()}`] = value.u64().toString()
  }
  return { kind: 'statistics', peer, counters }
}
