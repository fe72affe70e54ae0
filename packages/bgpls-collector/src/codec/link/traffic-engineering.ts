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

type BandwidthField = {
  [K in keyof LinkAttributes]-?: K extends `${string}BandwidthBytesPerSec` ? K : never
}[keyof LinkAttributes]

function bandwidth(
  code: number,
  field: Exclude<BandwidthField, 'unreservedBandwidthBytesPerSec'>,
): TlvCodec<LinkAttributes> {
  return fieldTlv<LinkAttributes, number>({
    code,
    read: readBandwidth,
    write: (writer, value) => writer.f32(value),
    get: (from) => from[field],
    set: (into, value) => {
      into[field] = value
    },
  })
}

export const maxBandwidth = bandwidth(1089, 'maxBandwidthBytesPerSec')
export const maxReservableBandwidth = bandwidth(1090, 'maxReservableBandwidthBytesPerSec')
/** RFC 8571 §2.5 to §2.7. */
export const residualBandwidth = bandwidth(1118, 'residualBandwidthBytesPerSec')
export const availableBandwidth = bandwidth(1119, 'availableBandwidthBytesPerSec')
export const utilizedBandwidth = bandwidth(1120, 'utilizedBandwidthBytesPerSec')

/** Eight floats, priority 0 first. */
export const unreservedBandwidth = fieldTlv<LinkAttributes, number[]>({
  code: 1091,
  read(value) {
    const start = value.position
    const bytes = value.take(32)
    const bandwidths = Array.from({ length: 8 }, (_, priority) => bytes.readFloatBE(priority * 4))
    if (bandwidths.every((one) => Number.isFinite(one) && one >= 0)) return bandwidths
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
