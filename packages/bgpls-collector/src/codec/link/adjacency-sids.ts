import type { AdjacencySid, LinkFields, Protocol } from '@segchain/records'
import { ipBytes, ipv4Text, systemIdText } from '../address.js'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import type { ByteReader } from '../reader.js'
import { readSid, writeSid } from '../sid-value.js'
import { listTlv, type TlvCodec, type TlvContext } from '../tlv.js'

/** F B V L S P of RFC 8667 §2.2.1. */
const ISIS: FlagNames = ['ipv6', 'backup', 'value', 'local', 'set', 'persistent']
/** B V L G P of RFC 8665 §6.1 and RFC 8666 §7.1. */
const OSPF: FlagNames = ['backup', 'value', 'local', 'group', 'persistent']

const isOspf = (protocol: Protocol) => protocol.startsWith('ospf')
const names = ({ protocol }: TlvContext) => (isOspf(protocol) ? OSPF : ISIS)

/** Its fields by name, in one order: all SIDs have the same shape. */
function sidOf(value: ByteReader, flags: string[], weight: number): AdjacencySid {
  const { label, index } = readSid(value, flags.includes('value'))
  if (label !== undefined) return { label, flags, weight }
  return index === undefined ? { flags, weight } : { index, flags, weight }
}

interface WithAdjacencySids {
  adjacencySids?: AdjacencySid[]
}

function add(into: WithAdjacencySids, sid: AdjacencySid): void {
  into.adjacencySids = appended(into.adjacencySids, sid)
}

/**
 * ```
 * |     Flags     |     Weight    |            Reserved           |   RFC 9085 §2.2.1
 * |                  SID/Label/Index (3 or 4)                     |
 * ```
 */
export const bundleAdjacencySid = listTlv<WithAdjacencySids, AdjacencySid>({
  code: 1099,
  read(value, context) {
    const flags = flagsOf(value.u8(), names(context))
    const weight = value.u8()
    value.skip(2)
    return sidOf(value, flags, weight)
  },
  write: (writer, sid, context) => {
    writer
      .u8(flagBits(sid.flags, names(context)))
      .u8(sid.weight)
      .u16(0)
    writeSid(writer, sid)
  },
  get: (from) => from.adjacencySids?.filter((sid) => sid.neighbor === undefined),
  add,
})

export const adjacencySid: TlvCodec<LinkFields> = bundleAdjacencySid

/** As above, with the neighbour before the SID: 4 bytes in OSPF, a system-id of 6 in IS-IS (RFC 9085 §2.2.2). */
export const lanAdjacencySid = listTlv<LinkFields, AdjacencySid>({
  code: 1100,
  read(value, context) {
    const flags = flagsOf(value.u8(), names(context))
    const weight = value.u8()
    value.skip(2)
    const neighbor = isOspf(context.protocol) ? ipv4Text(value.take(4)) : systemIdText(value.take(6))
    const sid = sidOf(value, flags, weight)
    sid.neighbor = neighbor
    return sid
  },
  write: (writer, sid, context) => {
    writer
      .u8(flagBits(sid.flags, names(context)))
      .u8(sid.weight)
      .u16(0)
    const neighbor = sid.neighbor ?? ''
    writer.bytes(ipBytes(neighbor) ?? Buffer.from(neighbor.replaceAll('.', ''), 'hex'))
    writeSid(writer, sid)
  },
  get: (from) => from.adjacencySids?.filter((sid) => sid.neighbor !== undefined),
  add,
})
