import { fieldTlv, type TlvCodec } from '../tlv.js'

interface WithBehavior {
  behavior?: number
}

/** SRv6 Endpoint Behavior as a sub-TLV (RFC 9514 §7.1): flags and algorithm say nothing here. */
export function segmentBehavior<Draft extends WithBehavior>(): TlvCodec<Draft> {
  return fieldTlv<Draft, number>({
    code: 1250,
    read(value) {
      const behavior = value.u16()
      value.skip(2)
      return behavior
    },
    write: (writer, behavior) => writer.u16(behavior).u16(0),
    get: (from) => from.behavior,
    set: (into, behavior) => {
      into.behavior = behavior
    },
  })
}
