import type { PrefixBindingSid, PrefixRecord } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { readSid, writeSid } from '../sid-value.js'
import { decodeTlvs, encodeTlvs, listTlv, registry, type TlvCodec } from '../tlv.js'

/** F M S D A of RFC 8667 §2.4.1; in OSPF only M. */
const ISIS: FlagNames = ['ipv6', 'mirror', 'scope', 'down', 'attached']
const OSPF: FlagNames = ['mirror']

const sidLabel: TlvCodec<PrefixBindingSid> = {
  code: 1161,
  decode: (value, into) => void Object.assign(into, readSid(value, value.left === 3)),
  encode({ label, index }, out) {
    if (label === undefined && index === undefined) return
    out.add(1161, (writer) => writeSid(writer, label === undefined ? { index: index ?? 0 } : { label }))
  },
}

/** Other sub-TLVs (1162 to 1168 of the draft: metric and EROs) stay bytes. */
const subTlvs = registry<PrefixBindingSid>(sidLabel)

/**
 * ```
 * |    Weight     |     Flags     |           Reserved            |   draft-ietf-idr-bgp-ls-segment-routing-ext-02 §2.3.3
 * |  sub-TLVs (SID/Label 1161, EROs)
 * ```
 * RFC 9085 came without it; routers of that time still send it.
 */
export const prefixBindingSid = listTlv<PrefixRecord, PrefixBindingSid>({
  code: 1160,
  read(value, context) {
    const weight = value.u8()
    const flags = flagsOf(value.u8(), context.protocol.startsWith('ospf') ? OSPF : ISIS)
    value.skip(2)
    const draft: PrefixBindingSid = { weight, flags }
    decodeTlvs(value, subTlvs, draft, context)
    return draft
  },
  write: (writer, sid, context) => {
    const names = context.protocol.startsWith('ospf') ? OSPF : ISIS
    writer.u8(sid.weight).u8(flagBits(sid.flags, names)).u16(0)
    encodeTlvs(sid, subTlvs, writer, context)
  },
  get: (from) => from.bindingSids,
  add: (into, sid) => {
    into.bindingSids = appended(into.bindingSids, sid)
  },
})
