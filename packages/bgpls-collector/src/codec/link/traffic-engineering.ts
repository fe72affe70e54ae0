import type { LinkAttributes } from '@segchain/records'
import { readAdminGroups, writeAdminGroups } from '../bits.js'
import type { ByteReader } from '../reader.js'
import { fieldTlv, type TlvCodec } from '../tlv.js'
import type { ByteWriter } from '../writer.js'

/** Bytes per second as an IEEE float (RFC 9552 §5.3.2, RFC 5305 §3.4). @throws kept-raw for NaN, infinity, negative. */
export function readBandwidth(value: ByteReader): number {
  const start = value.position
  const bandwidth = value.f32()
  if (Number.isFinite(bandwidth) && bandwidth >= 0) return bandwidth
  value.position = start
  throw value.error('BANDWIDTH', `${bandwidth} bytes/s is no bandwidth`, { treatment: 'kept-raw' })
}

/**
 * The field is set by its name in each of them, which was measured to be faster than with a name that is computed
 * (docs/collector-speed.md).
 */
function bandwidth(
  code: number,
  get: (from: LinkAttributes) => number | undefined,
  set: (into: LinkAttributes, value: number) => void,
): TlvCodec<LinkAttributes> {
  const write = (writer: ByteWriter, value: number) => writer.f32(value)
  return fieldTlv<LinkAttributes, number>({ code, read: readBandwidth, write, get, set })
}

export const maxBandwidth = bandwidth(
  1089,
  (from) => from.maxBandwidthBytesPerSec,
  (into, value) => {
    into.maxBandwidthBytesPerSec = value
  },
)
export const maxReservableBandwidth = bandwidth(
  1090,
  (from) => from.maxReservableBandwidthBytesPerSec,
  (into, value) => {
    into.maxReservableBandwidthBytesPerSec = value
  },
)
/** RFC 8571 §2.5. */
export const residualBandwidth = bandwidth(
  1118,
  (from) => from.residualBandwidthBytesPerSec,
  (into, value) => {
    into.residualBandwidthBytesPerSec = value
  },
)
/** RFC 8571 §2.6. */
export const availableBandwidth = bandwidth(
  1119,
  (from) => from.availableBandwidthBytesPerSec,
  (into, value) => {
    into.availableBandwidthBytesPerSec = value
  },
)
/** RFC 8571 §2.7. */
export const utilizedBandwidth = bandwidth(
  1120,
  (from) => from.utilizedBandwidthBytesPerSec,
  (into, value) => {
    into.utilizedBandwidthBytesPerSec = value
  },
)

/** Eight floats, priority 0 first. */
export const unreservedBandwidth = fieldTlv<LinkAttributes, number[]>({
  code: 1091,
  read(value) {
    const start = value.position
    value.need(32)
    const bandwidths: number[] = []
    let possible = true
    for (let priority = 0; priority < 8; priority++) {
      const one = value.f32()
      if (!(one >= 0 && one < Number.POSITIVE_INFINITY)) possible = false
      bandwidths.push(one)
    }
    if (possible) return bandwidths
    value.position = start
    throw value.error('BANDWIDTH', `${bandwidths.join(', ')} bytes/s: not all are bandwidths`, {
      treatment: 'kept-raw',
    })
  },
  write: (writer, bandwidths) => {
    for (const one of bandwidths) writer.f32(one)
  },
  get: (from) => from.unreservedBandwidthBytesPerSec,
  set: (into, bandwidths) => {
    into.unreservedBandwidthBytesPerSec = bandwidths
  },
})

/** RFC 9552 §5.3.2, RFC 5305 §3.1: one group of 32 bits. */
export const adminGroup = fieldTlv<LinkAttributes, number[]>({
  code: 1088,
  read: (value) => readAdminGroups(value.sub(4, 'administrative group')),
  write: (writer, groups) =>
    writeAdminGroups(
      writer,
      groups.filter((group) => group < 32),
    ),
  get: (from) => from.adminGroups,
  set: (into, groups) => {
    into.adminGroups = groups
  },
})

/** RFC 9104 §2, RFC 7308. */
export const extendedAdminGroup = fieldTlv<LinkAttributes, number[]>({
  code: 1173,
  read: readAdminGroups,
  write: (writer, groups) => writeAdminGroups(writer, groups),
  get: (from) => from.extendedAdminGroups,
  set: (into, groups) => {
    into.extendedAdminGroups = groups
  },
})

/** 4 bytes (RFC 9552 §5.3.2.3); old peers send the 3 bytes of IS-IS. */
export const teMetric = fieldTlv<LinkAttributes, number>({
  code: 1092,
  read(value, context) {
    if (value.left !== 3) return value.u32()
    const error = value.error('TE_METRIC_3_BYTES', 'TE default metric of 3 bytes (RFC 9552 has 4)', {
      need: 4,
      have: 3,
    })
    context.problems.push({ treatment: 'accepted', error })
    return value.u24()
  },
  write: (writer: ByteWriter, metric) => writer.u32(metric),
  get: (from) => from.teMetric,
  set: (into, metric) => {
    into.teMetric = metric
  },
})

/** RFC 9552 §5.3.2.5. */
export const srlgs = fieldTlv<LinkAttributes, number[]>({
  code: 1096,
  read(value) {
    const groups: number[] = []
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
