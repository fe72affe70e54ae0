import type { MplsCrossConnect, SrPolicyPathRecord } from '@segchain/records'
import { ipBytes, ipText } from '../address.js'
import type { ByteReader } from '../reader.js'
import { decodeTlvs, encodeTlvs, registry, type TlvCodec, type TlvList } from '../tlv.js'

/** The descriptors of draft-ietf-idr-bgp-ls-te-path §4. */
export type TePathDescriptor = Pick<
  SrPolicyPathRecord,
  'tunnelId' | 'lspId' | 'tunnelHeadEnd' | 'tunnelTailEnd' | 'crossConnect'
>

type Interface = MplsCrossConnect['interfaces'][number]

/**
 * ```
 * |     Flags     | Local Interface Identifier (4) | Interface Address (4 or 16)   §4.5.1; I (0x80): incoming
 * ```
 */
const crossConnectInterface: TlvCodec<MplsCrossConnect> = {
  code: 556,
  decode(value, into) {
    const incoming = (value.u8() & 0x80) !== 0
    const one: Interface = { ...(incoming ? { incoming: true } : {}), localInterfaceId: value.u32() }
    if (value.left > 0) one.address = ipText(value.take(value.left === 4 ? 4 : 16))
    into.interfaces.push(one)
  },
  encode({ interfaces }, out) {
    for (const { incoming, localInterfaceId, address } of interfaces) {
      out.add(556, (writer) =>
        writer
          .u8(incoming === true ? 0x80 : 0)
          .u32(localInterfaceId)
          .bytes(ipBytes(address ?? '') ?? Buffer.alloc(0)),
      )
    }
  },
}

/**
 * ```
 * |     Flags     |  Masklength   | Prefix (variable)   §4.5.2; 4 (0x80): IPv4
 * ```
 */
const crossConnectFec: TlvCodec<MplsCrossConnect> = {
  code: 557,
  decode(value, into) {
    const width = (value.u8() & 0x80) === 0 ? 16 : 4
    const length = value.u8()
    if (length > width * 8) throw value.error('PREFIX_LENGTH', `a prefix of ${length} bits in ${width * 8}`)
    const bytes = Buffer.alloc(width)
    value.take(Math.ceil(length / 8)).copy(bytes)
    into.prefixes.push(`${ipText(bytes)}/${length}`)
  },
  encode({ prefixes }, out) {
    for (const prefix of prefixes) {
      const [address = '', bits = '0'] = prefix.split('/')
      const bytes = ipBytes(address) ?? Buffer.alloc(4)
      out.add(557, (writer) =>
        writer
          .u8(bytes.length === 4 ? 0x80 : 0)
          .u8(Number(bits))
          .bytes(bytes.subarray(0, Math.ceil(Number(bits) / 8))),
      )
    }
  },
}

const crossConnectTlvs = registry<MplsCrossConnect>(crossConnectInterface, crossConnectFec)
const context = { protocol: 'static', problems: [] } as const

const MAX_LABEL = 0xf_ffff

/** @returns whether the TLV is one of these. */
export function readTePathDescriptor(code: number, value: ByteReader, into: TePathDescriptor): boolean {
  switch (code) {
    case 550:
      into.tunnelId = value.u16()
      return true
    case 551:
      into.lspId = value.u16()
      return true
    case 552:
      into.tunnelHeadEnd = address(value)
      return true
    case 553:
      into.tunnelTailEnd = address(value)
      return true
    case 555: {
      const connect = { incomingLabel: label(value), outgoingLabel: label(value), interfaces: [], prefixes: [] }
      decodeTlvs<MplsCrossConnect>(value, crossConnectTlvs, connect, { ...context, problems: [] })
      into.crossConnect = connect
      return true
    }
    default:
      return false
  }
}

function address(value: ByteReader): string {
  return ipText(value.take(value.left === 4 ? 4 : 16))
}

function label(value: ByteReader): number {
  const found = value.u32()
  if (found <= MAX_LABEL) return found
  throw value.error('LABEL_RANGE', `${found} is no label of 20 bits`)
}

/** The part of the id that names the path; empty when there is none of these. */
export function tePathPart(path: TePathDescriptor): string {
  const { tunnelId, lspId, tunnelHeadEnd, tunnelTailEnd, crossConnect } = path
  const parts: string[] = []
  if (tunnelId !== undefined) parts.push(`tunnel=${tunnelId}`)
  if (lspId !== undefined) parts.push(`lsp=${lspId}`)
  if (tunnelHeadEnd !== undefined) parts.push(`head=${tunnelHeadEnd}`)
  if (tunnelTailEnd !== undefined) parts.push(`tail=${tunnelTailEnd}`)
  if (crossConnect !== undefined) {
    const { incomingLabel, outgoingLabel, interfaces, prefixes, unknown = [] } = crossConnect
    const ends = interfaces.map(
      (one) => `${one.incoming === true ? 'in' : 'out'}.${one.localInterfaceId}.${one.address ?? ''}`,
    )
    const raw = unknown.map((tlv) => `x${tlv.code}.${tlv.value}`)
    parts.push(`xc=${[incomingLabel, outgoingLabel, ...ends.sort(), ...[...prefixes].sort(), ...raw].join('+')}`)
  }
  return parts.join(',')
}

export function addTePathDescriptors(tlvs: TlvList, path: TePathDescriptor): void {
  const { tunnelId, lspId, tunnelHeadEnd, tunnelTailEnd, crossConnect } = path
  if (tunnelId !== undefined) tlvs.add(550, (value) => value.u16(tunnelId))
  if (lspId !== undefined) tlvs.add(551, (value) => value.u16(lspId))
  if (tunnelHeadEnd !== undefined) tlvs.add(552, (value) => value.bytes(ipBytes(tunnelHeadEnd) ?? Buffer.alloc(4)))
  if (tunnelTailEnd !== undefined) tlvs.add(553, (value) => value.bytes(ipBytes(tunnelTailEnd) ?? Buffer.alloc(4)))
  if (crossConnect === undefined) return
  tlvs.add(555, (value) => {
    value.u32(crossConnect.incomingLabel).u32(crossConnect.outgoingLabel)
    encodeTlvs(crossConnect, crossConnectTlvs, value, { ...context, problems: [] })
  })
}
