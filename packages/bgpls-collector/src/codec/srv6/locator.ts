import type { PrefixRecord, Srv6Locator } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { OSPFV3_PREFIX_OPTIONS } from '../ospfv3-prefix-options.js'
import { decodeTlvs, encodeTlvs, fieldTlv, registry, type TlvContext } from '../tlv.js'

/** D of RFC 9352 §7.1. */
const ISIS: FlagNames = ['down']

/** RFC 9514 §5.1: copied from the IGP's own TLV; that of OSPFv3 has PrefixOptions in this place (RFC 9513 §7.1). */
function flagNames({ protocol }: TlvContext): FlagNames {
  return protocol.startsWith('ospf') ? OSPFV3_PREFIX_OPTIONS : ISIS
}

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
    const flags = flagsOf(value.u8(), flagNames(context))
    const algorithm = value.u8()
    value.skip(2)
    const locator: Srv6Locator = { algorithm, metric: value.u32(), flags }
    decodeTlvs(value, subTlvs, locator, context)
    return locator
  },
  write: (writer, locator, context) => {
    const { flags, algorithm, metric } = locator
    writer
      .u8(flagBits(flags, flagNames(context)))
      .u8(algorithm)
      .u16(0)
      .u32(metric)
    encodeTlvs(locator, subTlvs, writer, context)
  },
  get: (from) => from.srv6Locator,
  set: (into, locator) => {
    into.srv6Locator ??= locator
  },
})
