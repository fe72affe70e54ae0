import type { Msd } from '@segchain/records'
import { fieldTlv, type TlvCodec } from './tlv.js'

interface WithMsds {
  msds?: Msd[]
}

/**
 * ```
 * |   MSD-Type    |   MSD-Value   |  repeated      RFC 8814 §3, §4
 * ```
 * @param code 266 for a node, 267 for a link; early drafts used 1050 and 1110.
 */
export function msdTlv<Draft extends WithMsds>(code: number): TlvCodec<Draft> {
  return fieldTlv<Draft, Msd[]>({
    code,
    read(value) {
      const msds: Msd[] = []
      while (value.left > 0) msds.push({ type: value.u8(), value: value.u8() })
      return msds
    },
    write: (writer, msds) => {
      for (const msd of msds) writer.u8(msd.type).u8(msd.value)
    },
    get: (from) => from.msds,
    set: (into, msds) => {
      into.msds = msds
    },
  })
}

/** The same content under a code that is not the assigned one: read with a warning, never written. */
export function misplacedTlv<Draft>(code: number, real: TlvCodec<Draft>, who: string): TlvCodec<Draft> {
  return {
    code,
    decode(value, into, context) {
      context.problems.push({
        treatment: 'accepted',
        error: value.error('MISPLACED_CODE', `TLV ${code} (${who}) read as TLV ${real.code}`),
      })
      real.decode(value, into, context)
    },
    encode: () => {},
  }
}
