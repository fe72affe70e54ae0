import { fieldTlv, type TlvCodec } from './tlv.js'

interface WithOpaque {
  opaque?: string
}

/** Opaque attributes: 1025 node, 1097 link, 1157 prefix (RFC 9552 §5.3.1.5, §5.3.2.6, §5.3.3.6). Repeats are joined. */
export function opaqueTlv<Draft extends WithOpaque>(code: number): TlvCodec<Draft> {
  return fieldTlv<Draft, string>({
    code,
    read: (value) => value.rest().toString('hex'),
    write: (writer, hex) => writer.hex(hex),
    get: (from) => from.opaque,
    set: (into, hex) => {
      into.opaque = (into.opaque ?? '') + hex
    },
  })
}
