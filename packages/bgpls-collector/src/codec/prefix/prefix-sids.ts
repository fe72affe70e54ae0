import type { PrefixRecord, PrefixSid, PrefixSidRange, Protocol } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import type { ByteReader } from '../reader.js'
import { readSid, writeSid } from '../sid-value.js'
import { decodeTlvs, encodeTlvs, listTlv, registry, type TlvContext } from '../tlv.js'
import type { ByteWriter } from '../writer.js'

/** R N P E V L of RFC 8667 §2.1.1. */
const ISIS: FlagNames = ['readvertisement', 'node', 'no-php', 'explicit-null', 'value', 'local']
/** NP M E V L of RFC 8665 §5 and RFC 8666 §6: the first bit has no meaning. */
const OSPF: FlagNames = [undefined, 'no-php', 'mapping-server', 'explicit-null', 'value', 'local']
/** F M S D A of RFC 8667 §2.4.1; IA of RFC 8665 §4. */
const ISIS_RANGE: FlagNames = ['ipv6', 'mirror', 'scope', 'down', 'attached']
const OSPF_RANGE: FlagNames = ['inter-area']

const of = (isis: FlagNames, ospf: FlagNames, protocol: Protocol) => (protocol.startsWith('ospf') ? ospf : isis)

/**
 * ```
 * |     Flags     |   Algorithm   |           Reserved            |   RFC 9085 §2.3.1
 * |                       SID/Index/Label (3 or 4)                |
 * ```
 */
function readPrefixSid(value: ByteReader, { protocol }: TlvContext): PrefixSid {
  const flags = flagsOf(value.u8(), of(ISIS, OSPF, protocol))
  const algorithm = value.u8()
  value.skip(2)
  return { algorithm, ...readSid(value, flags.includes('value')), flags }
}

function writePrefixSid(writer: ByteWriter, sid: PrefixSid, { protocol }: TlvContext): void {
  writer
    .u8(flagBits(sid.flags, of(ISIS, OSPF, protocol)))
    .u8(sid.algorithm)
    .u16(0)
  writeSid(writer, sid)
}

/** Several on one prefix, one per algorithm: a list, always. */
export const prefixSid = listTlv<PrefixRecord, PrefixSid>({
  code: 1158,
  read: readPrefixSid,
  write: writePrefixSid,
  get: (from) => from.prefixSids,
  add: (into, sid) => {
    into.prefixSids = appended(into.prefixSids, sid)
  },
})

const rangeSubTlvs = registry<PrefixSidRange>(
  listTlv<PrefixSidRange, PrefixSid>({
    code: 1158,
    read: readPrefixSid,
    write: writePrefixSid,
    get: (from) => from.sids,
    add: (into, sid) => into.sids.push(sid),
  }),
)

/**
 * ```
 * |     Flags     |   Reserved    |           Range Size          |   RFC 9085 §2.3.5
 * |  prefix-SID sub-TLVs
 * ```
 */
export const prefixSidRange = listTlv<PrefixRecord, PrefixSidRange>({
  code: 1159,
  read(value, context) {
    const flags = flagsOf(value.u8(), of(ISIS_RANGE, OSPF_RANGE, context.protocol))
    value.skip(1)
    const draft: PrefixSidRange = { size: value.u16(), flags, sids: [] }
    decodeTlvs(value, rangeSubTlvs, draft, context)
    return draft
  },
  write: (writer, range, context) => {
    writer
      .u8(flagBits(range.flags, of(ISIS_RANGE, OSPF_RANGE, context.protocol)))
      .u8(0)
      .u16(range.size)
    encodeTlvs(range, rangeSubTlvs, writer, context)
  },
  get: (from) => from.sidRanges,
  add: (into, range) => {
    into.sidRanges = appended(into.sidRanges, range)
  },
})
