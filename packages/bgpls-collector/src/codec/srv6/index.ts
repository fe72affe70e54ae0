import type { Srv6SidRecord } from '@segchain/records'
import { ipBytes, ipv4Text } from '../address.js'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import { fieldTlv, registry, type TlvCodec } from '../tlv.js'
import { sidStructure } from './sid-structure.js'

/** RFC 9514 §7.1: no flag is assigned yet. */
const ENDPOINT_FLAGS: FlagNames = []

/**
 * ```
 * |       Endpoint Behavior       |      Flags    |   Algorithm   |   RFC 9514 §7.1
 * ```
 */
const endpointBehavior: TlvCodec<Srv6SidRecord> = {
  code: 1250,
  decode(value, into) {
    const behavior = value.u16()
    const flags = flagsOf(value.u8(), ENDPOINT_FLAGS)
    into.algorithm = value.u8()
    into.behavior = behavior
    into.flags = flags
  },
  encode({ behavior, flags, algorithm }, out) {
    if (behavior === undefined) return
    out.add(1250, (writer) =>
      writer
        .u16(behavior)
        .u8(flagBits(flags, ENDPOINT_FLAGS))
        .u8(algorithm ?? 0),
    )
  },
}

type PeerNode = NonNullable<Srv6SidRecord['peerNode']>
/** B S P of RFC 9514 §7.2. */
const PEER_FLAGS: FlagNames = ['backup', 'set', 'persistent']

/**
 * ```
 * |      Flags    |     Weight    |             Reserved          |   RFC 9514 §7.2
 * |                            Peer AS Number                     |
 * |                        Peer BGP Identifier                    |
 * ```
 */
const peerNode = fieldTlv<Srv6SidRecord, PeerNode>({
  code: 1251,
  read(value) {
    const flags = flagsOf(value.u8(), PEER_FLAGS)
    const weight = value.u8()
    value.skip(2)
    return { flags, weight, peerAsn: value.u32(), peerBgpId: ipv4Text(value.take(4)) }
  },
  write: (writer, peer) =>
    writer
      .u8(flagBits(peer.flags, PEER_FLAGS))
      .u8(peer.weight)
      .u16(0)
      .u32(peer.peerAsn)
      .bytes(ipBytes(peer.peerBgpId) ?? Buffer.alloc(4)),
  get: (from) => from.peerNode,
  set: (into, peer) => {
    into.peerNode = peer
  },
})

/** What the BGP-LS Attribute may say about an SRv6 SID. */
export const srv6SidTlvs = registry<Srv6SidRecord>(endpointBehavior, peerNode, sidStructure<Srv6SidRecord>())
