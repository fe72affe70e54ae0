import type { FlexAlgoDefinition, NodeRecord } from '@segchain/records'
import { appended } from '../lists.js'
import { decodeTlvs, encodeTlvs, type TlvCodec } from '../tlv.js'
import { flexAlgoSubTlvs } from './flex-algo-constraints.js'

/**
 * ```
 * |  Flex-Algo    |  Metric-Type  |  Calc-Type    |   Priority    |   RFC 9351 §3
 * |  sub-TLVs ...
 * ```
 */
export const flexAlgoDefinition: TlvCodec<NodeRecord> = {
  code: 1039,
  decode(value, into, context) {
    const start = value.position
    const definition: FlexAlgoDefinition = {
      algorithm: value.u8(),
      metricType: value.u8(),
      calculationType: value.u8(),
      priority: value.u8(),
    }
    if (definition.algorithm < 128) {
      value.position = start
      throw value.error('ALGORITHM_RANGE', `a FAD for algorithm ${definition.algorithm}: Flex-Algo is 128 to 255`, {
        treatment: 'kept-raw',
      })
    }
    decodeTlvs(value, flexAlgoSubTlvs, definition, context)
    into.flexAlgoDefinitions = appended(into.flexAlgoDefinitions, definition)
  },
  encode({ flexAlgoDefinitions }, out, context) {
    for (const fad of flexAlgoDefinitions ?? []) {
      out.add(1039, (writer) => {
        writer.u8(fad.algorithm).u8(fad.metricType).u8(fad.calculationType).u8(fad.priority)
        encodeTlvs(fad, flexAlgoSubTlvs, writer, context)
      })
    }
  },
}
