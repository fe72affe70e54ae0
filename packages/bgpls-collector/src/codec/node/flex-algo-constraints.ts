import type { FlexAlgoDefinition } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf, NO_NAMES, readAdminGroups, writeAdminGroups } from '../bits.js'
import { protocolCode, protocolName } from '../iana/protocol-ids.js'
import { fieldTlv, registry, type TlvCodec } from '../tlv.js'

type Affinity = 'excludeAny' | 'includeAny' | 'includeAll'

/** RFC 9351 §3.1 to §3.3: an extended administrative group. */
function affinity(code: number, field: Affinity): TlvCodec<FlexAlgoDefinition> {
  return fieldTlv<FlexAlgoDefinition, number[]>({
    code,
    read: readAdminGroups,
    write: (writer, groups) => writeAdminGroups(writer, groups),
    get: (from) => from[field],
    set: (into, groups) => {
      into[field] = groups
    },
  })
}

/** RFC 9351 §3.4, RFC 9350 §6.4: the M-flag. */
const DEFINITION_FLAGS: FlagNames = ['prefix-metric']

const definitionFlags = fieldTlv<FlexAlgoDefinition, string[]>({
  code: 1043,
  read(value) {
    const flags: string[] = []
    for (let byte = 0; value.left > 0; byte++) {
      for (const flag of flagsOf(value.u8(), byte === 0 ? DEFINITION_FLAGS : NO_NAMES)) {
        flags.push(byte === 0 || !flag.startsWith('bit-') ? flag : `bit-${byte * 8 + Number(flag.slice(4))}`)
      }
    }
    return flags
  },
  write: (writer, flags) => writer.u32(flagBits(flags, DEFINITION_FLAGS, 32)),
  get: (from) => from.flags,
  set: (into, flags) => {
    into.flags = flags
  },
})

/** RFC 9351 §3.5. */
const excludeSrlg = fieldTlv<FlexAlgoDefinition, number[]>({
  code: 1045,
  read(value) {
    const srlgs: number[] = []
    while (value.left > 0) srlgs.push(value.u32())
    return srlgs
  },
  write: (writer, srlgs) => {
    for (const srlg of srlgs) writer.u32(srlg)
  },
  get: (from) => from.excludeSrlgs,
  set: (into, srlgs) => {
    into.excludeSrlgs = srlgs
  },
})

type Unsupported = NonNullable<FlexAlgoDefinition['unsupported']>

/** RFC 9351 §3.6: Protocol-ID, then the IGP's sub-TLV types, of 1 byte in IS-IS and 2 in OSPF; see docs/decisions/0103. */
const unsupported = fieldTlv<FlexAlgoDefinition, Unsupported>({
  code: 1046,
  read(value) {
    const protocol = protocolName(value.u8())
    const types: number[] = []
    while (value.left > 0) types.push(protocol.startsWith('isis') ? value.u8() : value.u16())
    return { protocol, types }
  },
  write: (writer, { protocol, types }) => {
    writer.u8(protocolCode(protocol) ?? 0)
    for (const type of types) protocol.startsWith('isis') ? writer.u8(type) : writer.u16(type)
  },
  get: (from) => from.unsupported,
  set: (into, value) => {
    into.unsupported = value
  },
})

export const flexAlgoSubTlvs = registry(
  affinity(1040, 'excludeAny'),
  affinity(1041, 'includeAny'),
  affinity(1042, 'includeAll'),
  definitionFlags,
  excludeSrlg,
  unsupported,
)
