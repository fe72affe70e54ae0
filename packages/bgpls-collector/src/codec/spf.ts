import { fieldTlv, type TlvCodec } from './tlv.js'

interface WithSpf {
  spfSequenceNumber?: string
  spfStatus?: number
}

/** What BGP-LS-SPF says of every object: 1181 (8 bytes, RFC 9815 §5.2.4) and 1184 (1 byte, §5.2.1 to §5.2.3). */
export function spfTlvs<Draft extends WithSpf>(): [TlvCodec<Draft>, TlvCodec<Draft>] {
  return [
    fieldTlv<Draft, string>({
      code: 1181,
      read: (value) => value.u64().toString(),
      write: (writer, text) => writer.u64(BigInt(text)),
      get: (from) => from.spfSequenceNumber,
      set: (into, text) => {
        into.spfSequenceNumber = text
      },
    }),
    fieldTlv<Draft, number>({
      code: 1184,
      read: (value) => value.u8(),
      write: (writer, status) => writer.u8(status),
      get: (from) => from.spfStatus,
      set: (into, status) => {
        into.spfStatus = status
      },
    }),
  ]
}
