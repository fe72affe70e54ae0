import type { Srv6SidStructure } from '@segchain/records'
import { fieldTlv, type TlvCodec } from '../tlv.js'

interface WithStructure {
  structure?: Srv6SidStructure
}

/**
 * ```
 * |    LB Length  |  LN Length    | Fun. Length   |  Arg. Length  |   RFC 9514 §8, in bits
 * ```
 */
export function sidStructure<Draft extends WithStructure>(): TlvCodec<Draft> {
  return fieldTlv<Draft, Srv6SidStructure>({
    code: 1252,
    read(value) {
      const start = value.position
      const structure = {
        locatorBlockBits: value.u8(),
        locatorNodeBits: value.u8(),
        functionBits: value.u8(),
        argumentBits: value.u8(),
      }
      const { locatorBlockBits, locatorNodeBits, functionBits, argumentBits } = structure
      const total = locatorBlockBits + locatorNodeBits + functionBits + argumentBits
      if (total > 128) {
        value.position = start
        throw value.error('SID_STRUCTURE', `an SRv6 SID of ${total} bits: it has 128 (RFC 9514 §8)`, {
          treatment: 'kept-raw',
        })
      }
      return structure
    },
    write: (writer, s) => writer.u8(s.locatorBlockBits).u8(s.locatorNodeBits).u8(s.functionBits).u8(s.argumentBits),
    get: (from) => from.structure,
    set: (into, structure) => {
      into.structure = structure
    },
  })
}
