import type { ApplicationSpecificAttributes, LinkAttributes, LinkFields, UnknownTlv } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf, NO_NAMES } from '../bits.js'
import { appended } from '../lists.js'
import type { ByteReader } from '../reader.js'
import { decodeTlvs, encodeTlvs, registry, type TlvCodec } from '../tlv.js'
import { linkAttributeCodecs } from './link-attributes.js'

/** Standard applications, RFC 9294 §2 and the IANA registry of RFC 8919 §7.4: R, S, F, X. */
const APPLICATIONS: FlagNames = ['rsvp-te', 'sr-policy', 'lfa', 'flex-algo']

type Draft = LinkAttributes & { unknown?: UnknownTlv[] }
const asla = registry<Draft>(...linkAttributeCodecs)

/**
 * ```
 * | SABM Length   | UDABM Length  |            Reserved           |   RFC 9294 §2
 * | Standard application bit mask (0, 4 or 8 bytes)
 * | User-defined application bit mask (0, 4 or 8 bytes)
 * | link attribute sub-TLVs
 * ```
 * Both masks empty: for any application that has no TLV of its own.
 */
export const applicationSpecific: TlvCodec<LinkFields> = {
  code: 1122,
  decode(value, into, context) {
    const standardLength = maskLength(value)
    const userLength = maskLength(value)
    value.skip(2)
    const applications = maskBits(value.take(standardLength))
    const user = value.take(userLength)
    const draft: Draft = {}
    decodeTlvs(value, asla, draft, context)
    const { unknown, ...attributes } = draft
    const entry: ApplicationSpecificAttributes = {
      applications: standardLength + userLength === 0 ? ['any'] : applications,
      ...(user.length === 0 ? {} : { userDefinedApplications: user.toString('hex') }),
      attributes,
      ...(unknown === undefined ? {} : { unknown }),
    }
    into.applicationSpecific = appended(into.applicationSpecific, entry)
  },
  encode({ applicationSpecific: entries }, out, context) {
    for (const entry of entries ?? []) {
      out.add(1122, (writer) => {
        const named = entry.applications.filter((name) => name !== 'any')
        const user = Buffer.from(entry.userDefinedApplications ?? '', 'hex')
        writer
          .u8(named.length === 0 ? 0 : 4)
          .u8(user.length)
          .u16(0)
        if (named.length > 0) writer.u32(flagBits(named, APPLICATIONS, 32))
        writer.bytes(user)
        const draft: Draft = { ...entry.attributes, ...(entry.unknown === undefined ? {} : { unknown: entry.unknown }) }
        encodeTlvs(draft, asla, writer, context)
      })
    }
  },
}

function maskLength(value: ByteReader): number {
  const length = value.u8()
  if (length !== 0 && length !== 4 && length !== 8) {
    throw value.error('ASLA_MASK', `an application bit mask has 0, 4 or 8 bytes, not ${length}`, { have: length })
  }
  return length
}

function maskBits(mask: Buffer): string[] {
  const first = mask.length >= 4 ? flagsOf(mask.readUInt32BE(0), APPLICATIONS, 32) : []
  const second = mask.length === 8 ? flagsOf(mask.readUInt32BE(4), NO_NAMES, 32) : []
  return [...first, ...second.map((bit) => `bit-${Number(bit.slice(4)) + 32}`)]
}
