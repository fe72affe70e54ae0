import type { PolicyConstraints, PolicyGroup, SrPolicyPathRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf, readAdminGroups, writeAdminGroups } from '../bits.js'
import { readBandwidth } from '../link/traffic-engineering.js'
import { decodeTlvs, encodeTlvs, fieldTlv, registry, type TlvCodec } from '../tlv.js'
import { ByteWriter } from '../writer.js'
import { metricConstraint } from './metrics.js'

/** D P U A T S F H of RFC 9857 §5.6. */
const FLAGS: FlagNames = [
  'srv6',
  'protected-only',
  'unprotected-only',
  'algorithm-only',
  'topology-only',
  'strict',
  'fixed',
  'hop-by-hop',
]
/** S N L F I, and X in the status, of RFC 9857 §5.6.4. */
const DISJOINT: FlagNames = ['srlg', 'node', 'link', 'fallback', 'best-path-fallback', 'invalidated']
/** R C of RFC 9857 §5.6.5. */
const BIDIRECTIONAL: FlagNames = ['reverse', 'co-routed']

/** RFC 9857 §5.6.1: three sizes in words, a reserved byte, then the three groups. */
const affinity: TlvCodec<PolicyConstraints> = {
  code: 1208,
  decode(value, into) {
    const sizes = [value.u8(), value.u8(), value.u8()]
    value.skip(1)
    const [excludeAny = [], includeAny = [], includeAll = []] = sizes.map((words) =>
      readAdminGroups(value.sub(words * 4, 'affinity')),
    )
    if (sizes[0] !== 0) into.excludeAny = excludeAny
    if (sizes[1] !== 0) into.includeAny = includeAny
    if (sizes[2] !== 0) into.includeAll = includeAll
  },
  encode({ excludeAny, includeAny, includeAll }, out) {
    if (excludeAny === undefined && includeAny === undefined && includeAll === undefined) return
    const groups = [excludeAny, includeAny, includeAll].map((one) => {
      const writer = new ByteWriter()
      if (one !== undefined) writeAdminGroups(writer, one)
      return writer.toBytes()
    })
    out.add(1208, (writer) => {
      for (const group of groups) writer.u8(group.length / 4)
      writer.u8(0)
      for (const group of groups) writer.bytes(group)
    })
  },
}

/** RFC 9857 §5.6.2. */
const srlgs = fieldTlv<PolicyConstraints, number[]>({
  code: 1209,
  read(value) {
    const groups = [value.u32()]
    while (value.left > 0) groups.push(value.u32())
    return groups
  },
  write: (writer, groups) => {
    for (const group of groups) writer.u32(group)
  },
  get: (from) => from.srlgs,
  set: (into, groups) => {
    into.srlgs = groups
  },
})

/** RFC 9857 §5.6.3. */
const bandwidth = fieldTlv<PolicyConstraints, number>({
  code: 1210,
  read: readBandwidth,
  write: (writer, value) => writer.f32(value),
  get: (from) => from.bandwidthBytesPerSec,
  set: (into, value) => {
    into.bandwidthBytesPerSec = value
  },
})

/** RFC 9857 §5.6.4: request flags, status flags, 2 reserved bytes, the group. */
const disjointGroup = fieldTlv<PolicyConstraints, PolicyGroup>({
  code: 1211,
  read(value) {
    const flags = flagsOf(value.u8(), DISJOINT)
    const status = flagsOf(value.u8(), DISJOINT)
    value.skip(2)
    return { flags, status, group: value.take(Math.max(4, value.left)).toString('hex') }
  },
  write: (writer, { flags, status, group }) =>
    writer.u8(flagBits(flags, DISJOINT)).u8(flagBits(status, DISJOINT)).u16(0).hex(group),
  get: (from) => from.disjointGroup,
  set: (into, group) => {
    into.disjointGroup = group
  },
})

/** RFC 9857 §5.6.5: 2 bytes of flags, 2 reserved bytes, the group. */
const bidirectionalGroup = fieldTlv<PolicyConstraints, PolicyGroup>({
  code: 1214,
  read(value) {
    const flags = flagsOf(value.u16(), BIDIRECTIONAL, 16)
    value.skip(2)
    return { flags, group: value.take(Math.max(4, value.left)).toString('hex') }
  },
  write: (writer, { flags, group }) =>
    writer
      .u16(flagBits(flags, BIDIRECTIONAL, 16))
      .u16(0)
      .hex(group),
  get: (from) => from.bidirectionalGroup,
  set: (into, group) => {
    into.bidirectionalGroup = group
  },
})

const subTlvs = registry<PolicyConstraints>(
  affinity,
  srlgs,
  bandwidth,
  disjointGroup,
  bidirectionalGroup,
  metricConstraint<PolicyConstraints>(),
)

/**
 * ```
 * |             Flags             |           RESERVED1           |   RFC 9857 §5.6
 * |              MTID             |   Algorithm   |   RESERVED2   |
 * |  sub-TLVs
 * ```
 */
export const constraints = fieldTlv<SrPolicyPathRecord, PolicyConstraints>({
  code: 1204,
  read(value, context) {
    const flags = flagsOf(value.u16(), FLAGS, 16)
    value.skip(2)
    const multiTopologyId = value.u16()
    const draft: PolicyConstraints = { flags, multiTopologyId, algorithm: value.u8() }
    value.skip(1)
    decodeTlvs(value, subTlvs, draft, context)
    return draft
  },
  write: (writer, one) => {
    writer
      .u16(flagBits(one.flags, FLAGS, 16))
      .u16(0)
      .u16(one.multiTopologyId)
      .u8(one.algorithm)
      .u8(0)
    encodeTlvs(one, subTlvs, writer, { protocol: 'segment-routing', problems: [] })
  },
  get: (from) => from.constraints,
  set: (into, one) => {
    into.constraints ??= one
  },
})
