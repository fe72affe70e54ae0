import type { NodeRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import type { TlvCodec } from '../tlv.js'
import { readLabelRanges, writeLabelRanges } from './label-ranges.js'

/** I and V of RFC 8667 §3.1; OSPF defines no flags here. */
const FLAGS: FlagNames = ['mpls-ipv4', 'mpls-ipv6']

/**
 * ```
 * |     Flags     |   Reserved    |  Range 1 ...      RFC 9085 §2.1.2
 * ```
 */
export const srCapabilities: TlvCodec<NodeRecord> = {
  code: 1034,
  decode(value, into) {
    const flags = flagsOf(value.u8(), FLAGS)
    value.skip(1)
    const ranges = readLabelRanges(value)
    into.srCapabilities = flags
    into.srgb = ranges
  },
  encode(from, out) {
    const { srgb, srCapabilities: flags } = from
    if (srgb === undefined && flags === undefined) return
    out.add(1034, (writer) => {
      writer.u8(flagBits(flags, FLAGS)).u8(0)
      writeLabelRanges(writer, srgb ?? [])
    })
  },
}

/** SR Local Block, RFC 9085 §2.1.4: the same form, all flags reserved. */
export const srLocalBlock: TlvCodec<NodeRecord> = {
  code: 1036,
  decode(value, into) {
    value.skip(2)
    into.srlb = readLabelRanges(value)
  },
  encode({ srlb }, out) {
    if (srlb === undefined) return
    out.add(1036, (writer) => writeLabelRanges(writer.u16(0), srlb))
  },
}
