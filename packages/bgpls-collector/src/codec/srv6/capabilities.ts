import type { NodeRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { fieldTlv } from '../tlv.js'

/** RFC 9514 §3.1: the flags of RFC 9352 §2 (IS-IS) and RFC 9513 §2 (OSPFv3); O is bit 1. */
const FLAGS: FlagNames = [undefined, 'oam']

/** ```
 * |             Flags             |           Reserved            |
 * ``` */
export const srv6Capabilities = fieldTlv<NodeRecord, string[]>({
  code: 1038,
  read(value) {
    const flags = flagsOf(value.u16(), FLAGS, 16)
    value.skip(2)
    return flags
  },
  write: (writer, flags) => writer.u16(flagBits(flags, FLAGS, 16)).u16(0),
  get: (from) => from.srv6Capabilities,
  set: (into, flags) => {
    into.srv6Capabilities = flags
  },
})
