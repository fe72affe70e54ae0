import type { PolicyMetric } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { listTlv, type TlvCodec } from '../tlv.js'

interface WithMetrics {
  metrics?: PolicyMetric[]
}

/**
 * ```
 * |  Metric Type  |     Flags     |            RESERVED           |   RFC 9857 §5.7.2, §5.6.6
 * |  Metric Margin (4)  |  Metric Bound (4)  |  Metric Value (4, segment list only)
 * ```
 */
function metricTlv<Draft extends WithMetrics>(code: number, names: FlagNames, withValue: boolean): TlvCodec<Draft> {
  return listTlv<Draft, PolicyMetric>({
    code,
    read(value) {
      const type = value.u8()
      const flags = flagsOf(value.u8(), names)
      value.skip(2)
      const metric = { type, flags, margin: value.u32(), bound: value.u32() }
      return withValue ? { ...metric, value: value.u32() } : metric
    },
    write: (writer, metric) => {
      writer.u8(metric.type).u8(flagBits(metric.flags, names)).u16(0)
      writer.u32(metric.margin ?? 0).u32(metric.bound ?? 0)
      if (withValue) writer.u32(metric.value ?? 0)
    },
    get: (from) => from.metrics,
    add: (into, metric) => {
      into.metrics = appended(into.metrics, metric)
    },
  })
}

/** M A B V. */
export const segmentListMetric = <Draft extends WithMetrics>() =>
  metricTlv<Draft>(1207, ['margin', 'absolute', 'bound', 'value'], true)
/** O M A B. */
export const metricConstraint = <Draft extends WithMetrics>() =>
  metricTlv<Draft>(1215, ['optimization', 'margin', 'absolute', 'bound'], false)
