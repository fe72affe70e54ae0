import type { PolicySegmentList, SrPolicyPathRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { readBandwidth } from '../link/traffic-engineering.js'
import { appended } from '../lists.js'
import { decodeTlvs, encodeTlvs, fieldTlv, listTlv, registry } from '../tlv.js'
import { segmentListMetric } from './metrics.js'
import { segment } from './segments.js'

/** D E C V R F A T M of RFC 9857 §5.7. */
const FLAGS: FlagNames = [
  'srv6',
  'explicit',
  'computed',
  'verified',
  'resolved',
  'failed',
  'all-algorithm',
  'all-topology',
  'removed-by-fault',
]

const subTlvs = registry<PolicySegmentList>(
  segment,
  segmentListMetric<PolicySegmentList>(),
  // RFC 9857 §5.7.3.
  fieldTlv<PolicySegmentList, number>({
    code: 1216,
    read: readBandwidth,
    write: (writer, bandwidth) => writer.f32(bandwidth),
    get: (from) => from.bandwidthBytesPerSec,
    set: (into, bandwidth) => {
      into.bandwidthBytesPerSec = bandwidth
    },
  }),
  // RFC 9857 §5.7.4.
  fieldTlv<PolicySegmentList, number>({
    code: 1217,
    read: (value) => value.u32(),
    write: (writer, id) => writer.u32(id),
    get: (from) => from.segmentListId,
    set: (into, id) => {
      into.segmentListId = id
    },
  }),
)

/**
 * ```
 * |             Flags             |           RESERVED1           |   RFC 9857 §5.7
 * |              MTID             |   Algorithm   |   RESERVED2   |
 * |                             Weight                            |
 * |  sub-TLVs
 * ```
 */
export const segmentList = listTlv<SrPolicyPathRecord, PolicySegmentList>({
  code: 1205,
  read(value, context) {
    const flags = flagsOf(value.u16(), FLAGS, 16)
    value.skip(2)
    const multiTopologyId = value.u16()
    const algorithm = value.u8()
    value.skip(1)
    const draft: PolicySegmentList = { flags, multiTopologyId, algorithm, weight: value.u32(), segments: [] }
    decodeTlvs(value, subTlvs, draft, context)
    return draft
  },
  write: (writer, list, context) => {
    writer
      .u16(flagBits(list.flags, FLAGS, 16))
      .u16(0)
      .u16(list.multiTopologyId)
    writer.u8(list.algorithm).u8(0).u32(list.weight)
    encodeTlvs(list, subTlvs, writer, context)
  },
  get: (from) => from.segmentLists,
  add: (into, list) => {
    into.segmentLists = appended(into.segmentLists, list)
  },
})
