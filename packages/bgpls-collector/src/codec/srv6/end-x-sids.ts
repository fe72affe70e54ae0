import type { LinkFields, Srv6EndXSid } from '@segchain/records'
import { ipBytes, ipv4Text, systemIdText } from '../address.js'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { decodeTlvs, encodeTlvs, listTlv, registry } from '../tlv.js'
import { sidStructure } from './sid-structure.js'

/** B S P of RFC 9514 §4.1. */
const FLAGS: FlagNames = ['backup', 'set', 'persistent']

const subTlvs = registry<Srv6EndXSid>(sidStructure<Srv6EndXSid>())

/**
 * ```
 * |        Endpoint Behavior      |      Flags    |   Algorithm   |   RFC 9514 §4.1, §4.2
 * |     Weight    |   Reserved    |  (LAN: neighbour, 6 or 4 bytes)
 * |  SID (16)  | sub-TLVs (1252)
 * ```
 */
function endX(code: number, neighborLength: 0 | 4 | 6) {
  return listTlv<LinkFields, Srv6EndXSid>({
    code,
    read(value, context) {
      const behavior = value.u16()
      const flags = flagsOf(value.u8(), FLAGS)
      const algorithm = value.u8()
      const weight = value.u8()
      value.skip(1)
      const neighbor = value.take(neighborLength)
      const draft: Srv6EndXSid = { behavior, flags, algorithm, weight, sid: value.ipv6() }
      if (neighborLength === 4) draft.neighbor = ipv4Text(neighbor)
      if (neighborLength === 6) draft.neighbor = systemIdText(neighbor)
      decodeTlvs(value, subTlvs, draft, context)
      return draft
    },
    write: (writer, sid, context) => {
      writer.u16(sid.behavior).u8(flagBits(sid.flags, FLAGS)).u8(sid.algorithm).u8(sid.weight).u8(0)
      const neighbor = sid.neighbor ?? ''
      if (neighborLength > 0) writer.bytes(ipBytes(neighbor) ?? Buffer.from(neighbor.replaceAll('.', ''), 'hex'))
      writer.bytes(ipBytes(sid.sid) ?? Buffer.alloc(16))
      encodeTlvs(sid, subTlvs, writer, context)
    },
    get: (from) => from.srv6EndXSids?.filter((sid) => neighborSize(sid.neighbor) === neighborLength),
    add: (into, sid) => {
      into.srv6EndXSids = appended(into.srv6EndXSids, sid)
    },
  })
}

function neighborSize(neighbor: string | undefined): 0 | 4 | 6 {
  if (neighbor === undefined) return 0
  return ipBytes(neighbor) === undefined ? 6 : 4
}

export const endXSid = endX(1106, 0)
export const isisLanEndXSid = endX(1107, 6)
export const ospfLanEndXSid = endX(1108, 4)
