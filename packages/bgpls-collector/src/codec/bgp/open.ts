import { Parser } from 'binary-parser'
import { ipBytes, ipv4Text } from '../address.js'
import { MESSAGE } from '../iana/bgp-parameters.js'
import { ByteReader } from '../reader.js'
import { ByteWriter } from '../writer.js'
import { type Capabilities, decodeCapabilities, encodeCapabilities } from './capability.js'
import { encodeMessage, HEADER_LENGTH, type RawMessage } from './message.js'

export interface Open {
  readonly version: number
  /** The real AS number: that of the 4-octet capability where it is there (RFC 6793 §4.1). */
  readonly asn: number
  /** Seconds; 0 = no keepalives. */
  readonly holdTime: number
  readonly bgpId: string
  readonly capabilities: Capabilities
}

/** RFC 6793 §9: stands in a 2-octet field for an AS number that does not fit. */
const AS_TRANS = 23_456
const CAPABILITIES_PARAMETER = 2
const EXTENDED_LENGTH = 255

/**
 * ```
 * |    Version    |     My Autonomous System      |   RFC 4271 §4.2
 * |           Hold Time           |
 * |                         BGP Identifier                        |
 * ```
 */
const fixedPart = new Parser().uint8('version').uint16be('asn').uint16be('holdTime').buffer('bgpId', { length: 4 })
const FIXED_LENGTH = 9

/** @throws {DecodeError} when lengths do not fit. Values are for the session to judge (RFC 4271 §6.2). */
export function decodeOpen(message: RawMessage): Open {
  const reader = ByteReader.over(message.bytes, 'open')
  reader.skip(HEADER_LENGTH)
  const { version, asn, holdTime, bgpId } = fixedPart.parse(reader.take(FIXED_LENGTH))
  const capabilities: Capabilities = { families: [] }
  decodeParameters(reader, capabilities)
  return { version, asn: capabilities.fourOctetAsn ?? asn, holdTime, bgpId: ipv4Text(bgpId), capabilities }
}

/** Optional parameters, RFC 4271 §4.2 and the longer form of RFC 9072 §2. */
function decodeParameters(reader: ByteReader, capabilities: Capabilities): void {
  const length = reader.u8()
  const extended = length === EXTENDED_LENGTH && reader.left > 0 && reader.bytes[reader.position] === EXTENDED_LENGTH
  if (extended) reader.skip(1)
  const parameters = reader.sub(extended ? reader.u16() : length, 'parameters')
  reader.expectEnd()
  while (parameters.left > 0) {
    const type = parameters.u8()
    const value = parameters.sub(extended ? parameters.u16() : parameters.u8(), `parameter-${type}`)
    if (type === CAPABILITIES_PARAMETER) decodeCapabilities(value, capabilities)
  }
}

export function encodeOpen(open: Open): Buffer {
  const capabilities = new ByteWriter()
  encodeCapabilities(capabilities, open.capabilities)
  const writer = new ByteWriter()
    .u8(open.version)
    .u16(open.asn > 0xffff ? AS_TRANS : open.asn)
    .u16(open.holdTime)
    .bytes(ipBytes(open.bgpId) ?? Buffer.alloc(4))
  const value = capabilities.toBytes()
  // All capabilities in one parameter; it has room for 253 bytes of them (RFC 5492 §4).
  writer.prefixed(1, (parameters) => {
    if (value.length > 0) parameters.u8(CAPABILITIES_PARAMETER).u8(value.length).bytes(value)
  })
  return encodeMessage(MESSAGE.open, writer.toBytes())
}
