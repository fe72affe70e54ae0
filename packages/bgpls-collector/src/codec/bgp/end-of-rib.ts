import { AFI_LINK_STATE, MESSAGE, PATH, SAFI_LINK_STATE } from '../iana/bgp-parameters.js'
import { ByteWriter } from '../writer.js'
import { encodeMessage } from './message.js'

/** RFC 4724 §2: an UPDATE with an MP_UNREACH_NLRI of the family and nothing in it. */
export function encodeEndOfRib(safi: number): Buffer {
  const body = new ByteWriter().u16(0).prefixed(2, (attributes) =>
    attributes
      .u8(0x80)
      .u8(PATH.mpUnreach)
      .prefixed(1, (value) => value.u16(AFI_LINK_STATE).u8(safi)),
  )
  return encodeMessage(MESSAGE.update, body.toBytes())
}

export const endOfRib: Buffer = encodeEndOfRib(SAFI_LINK_STATE)
