import type { LinkFields } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { identifiersAreAttribute } from '../descriptor/ids.js'
import { readText } from '../text.js'
import { fieldTlv, type TlvCodec } from '../tlv.js'

/**
 * RFC 9552 §5.3.2.4: 1 byte from IS-IS's narrow metric, 2 from OSPF, 3 from IS-IS's wide metric. In
 * the narrow one "the two most-significant bits are ignored"; but FRR 10.7 writes every metric up to
 * 255 into one byte, and nobody is known who sets those bits for another reason: they are read.
 */
export const igpMetric: TlvCodec<LinkFields> = {
  code: 1095,
  decode(value, into, context) {
    const length = value.left
    // RFC 9815 §5.2.2: BGP-LS-SPF has 4 bytes.
    if (length === 4 && into.spf !== true) {
      const error = value.error('IGP_METRIC_4_BYTES', 'IGP metric of 4 bytes (RFC 9552 has 1 to 3)', {
        need: 3,
        have: 4,
      })
      context.problems.push({ treatment: 'accepted', error })
    }
    if (length === 1) {
      into.igpMetric = value.u8()
      if (into.igpMetric > 63) {
        const error = value.error('IGP_METRIC_8_BITS', 'IGP metric above 63 in one byte (RFC 9552 has 6 bits)')
        context.problems.push({ treatment: 'accepted', error })
      }
    } else if (length === 2) into.igpMetric = value.u16()
    else into.igpMetric = length === 4 ? value.u32() : value.u24()
  },
  encode({ igpMetric: metric, protocol, spf }, out) {
    if (metric === undefined) return
    if (spf === true) {
      out.add(1095, (writer) => writer.u32(metric))
      return
    }
    const wide = !protocol.startsWith('ospf') || metric > 0xffff
    out.add(1095, (writer) => (wide ? writer.u24(Math.min(metric, 0xff_ffff)) : writer.u16(metric)))
  },
}

/** RFC 9552 §5.3.2.7. */
export const linkName = fieldTlv<LinkFields, string>({
  code: 1098,
  read: readText,
  write: (writer, name) => writer.bytes(Buffer.from(name, 'utf8')),
  get: (from) => from.name,
  set: (into, name) => {
    into.name = name
  },
})

/** RFC 5307 §1.2, most significant bit first. */
const PROTECTION: FlagNames = [
  undefined,
  undefined,
  'enhanced',
  'dedicated-1-plus-1',
  'dedicated-1-1',
  'shared',
  'unprotected',
  'extra-traffic',
]

/** RFC 9552 §5.3.2.2: protection capability, then a reserved byte. */
export const protectionType = fieldTlv<LinkFields, string[]>({
  code: 1093,
  read(value) {
    const flags = flagsOf(value.u8(), PROTECTION)
    value.skip(1)
    return flags
  },
  write: (writer, flags) => writer.u8(flagBits(flags, PROTECTION)).u8(0),
  get: (from) => from.protection,
  set: (into, flags) => {
    into.protection = flags
  },
})

/** RFC 9552 §5.3.2.2: L and R. */
const MPLS_PROTOCOLS: FlagNames = ['ldp', 'rsvp-te']

export const mplsProtocols = fieldTlv<LinkFields, string[]>({
  code: 1094,
  read: (value) => flagsOf(value.u8(), MPLS_PROTOCOLS),
  write: (writer, flags) => writer.u8(flagBits(flags, MPLS_PROTOCOLS)),
  get: (from) => from.mplsProtocols,
  set: (into, flags) => {
    into.mplsProtocols = flags
  },
})

/** 258 is a descriptor, but peers put it into the attribute too (RFC 9552 §5.2.2, RFC 5307 §1.1). */
export const linkIdentifiers: TlvCodec<LinkFields> = {
  code: 258,
  decode(value, into) {
    const local = value.u32()
    const remote = value.u32()
    into.localLinkId ??= local
    into.remoteLinkId ??= remote
  },
  encode(from, out) {
    const { localLinkId, remoteLinkId } = from
    if (localLinkId === undefined || !identifiersAreAttribute(from)) return
    out.add(258, (writer) => writer.u32(localLinkId).u32(remoteLinkId ?? 0))
  },
}
