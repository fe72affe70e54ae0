import type { PrefixRecord, Srv6Locator } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { decodeTlvs, encodeTlvs, fieldTlv, registry } from '../tlv.js'

/** D of RFC 9352 §7.1 (IS-IS); N and AC of RFC 9513 §7.1 (OSPFv3). */
const ISIS: FlagNames = ['down']
const OSPF: FlagNames = ['node', 'anycast']

const subTlvs = registry<Srv6Locator>()

/**
 * ```
 * |     Flags     |   Algorithm   |           Reserved            |   RFC 9514 §5.1
 * |                            Metric                             |
 * |   sub-TLVs
 * ```
 */
export const srv6Locator = fieldTlv<PrefixRecord, Srv6Locator>({
  code: 1162,
  read(value, context) {
    const flags = flagsOf(value.u8(), context.protocol.startsWith('ospf') ? OSPF : ISIS)
    const algorithm = value.u8()
    value.skip(2)
    const locator: Srv6Locator = { algorithm, metric: value.u32(), flags }
    decodeTlvs(value, subTlvs, locator, context)
    return locator
  },
  write: (writer, { flags, algorithm, metric, unknown }) => {
    // A flag has one place in each protocol, and no name stands in both.
    writer
      .u8(flagBits(flags, flags.includes('down') ? ISIS : OSPF))
      .u8(algorithm)
      .u16(0)
      .u32(metric)
    encodeTlvs({ algorithm, metric, flags, ...(unknown && { unknown }) }, subTlvs, writer, {
      protocol: 'isis-l1',
      problems: [],
    })
  },
  get: (from) => from.srv6Locator,
  set: (into, locator) => {
    into.srv6Locator ??= locator
  },
})
