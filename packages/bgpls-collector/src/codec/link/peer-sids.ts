import type { LinkFields, PeerSid } from '@segchain/records'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { appended } from '../lists.js'
import { readSid, writeSid } from '../sid-value.js'
import { listTlv } from '../tlv.js'

/** V L B P of RFC 9086 §5. */
const FLAGS: FlagNames = ['value', 'local', 'backup', 'persistent']

/** BGP EPE: PeerNode, PeerAdj and PeerSet SID have the same form (RFC 9086 §5, figure 3). */
function peerSid(code: number, type: PeerSid['type']) {
  return listTlv<LinkFields, PeerSid>({
    code,
    read(value) {
      const flags = flagsOf(value.u8(), FLAGS)
      const weight = value.u8()
      value.skip(2)
      return { type, ...readSid(value, flags.includes('value')), flags, weight }
    },
    write: (writer, sid) => {
      writer.u8(flagBits(sid.flags, FLAGS)).u8(sid.weight).u16(0)
      writeSid(writer, sid)
    },
    get: (from) => from.peerSids?.filter((sid) => sid.type === type),
    add: (into, sid) => {
      into.peerSids = appended(into.peerSids, sid)
    },
  })
}

export const peerNodeSid = peerSid(1101, 'peer-node')
export const peerAdjacencySid = peerSid(1102, 'peer-adjacency')
export const peerSetSid = peerSid(1103, 'peer-set')
