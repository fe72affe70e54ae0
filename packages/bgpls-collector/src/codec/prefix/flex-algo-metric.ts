import type { FlexAlgoPrefixMetric, PrefixRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { listTlv } from '../tlv.js'

/** E of RFC 9351 §4: an external metric, OSPF only. */
const FLAGS: FlagNames = ['external']

/**
 * ```
 * |  Flex-Algo    |     Flags     |            Reserved           |   RFC 9351 §4
 * |                            Metric                             |
 * ```
 */
export const flexAlgoPrefixMetric = listTlv<PrefixRecord, FlexAlgoPrefixMetric>({
  code: 1044,
  read(value) {
    const start = value.position
    const algorithm = value.u8()
    const flags = flagsOf(value.u8(), FLAGS)
    value.skip(2)
    const metric = value.u32()
    if (algorithm < 128) {
      value.position = start
      throw value.error('ALGORITHM_RANGE', `a FAPM for algorithm ${algorithm}: Flex-Algo is 128 to 255`, {
        treatment: 'kept-raw',
      })
    }
    return { algorithm, metric, ...(flags.length === 0 ? {} : { flags }) }
  },
  write: (writer, one) => writer.u8(one.algorithm).u8(flagBits(one.flags, FLAGS)).u16(0).u32(one.metric),
  get: (from) => from.flexAlgoMetrics,
  add: (into, one) => {
    into.flexAlgoMetrics = appended(into.flexAlgoMetrics, one)
  },
})
