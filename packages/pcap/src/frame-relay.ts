import { ETHERTYPE, FIRST_ETHERTYPE, type Layer } from './layer.js'
import { insideSnap } from './llc.js'
import { insidePpp } from './ppp.js'

const UNNUMBERED = 0x03
/** Network Layer Protocol IDs (RFC 2427 §4, RFC 1973 §3). */
const NLPID = { snap: 0x80, ipv4: 0xcc, ipv6: 0x8e, ppp: 0xcf } as const

/**
 * Behind an address of 2 to 4 bytes, the last of which has its low bit set (Q.922 §3.2): control, perhaps a byte of
 * padding, and an NLPID; or with Cisco's own encapsulation an ethertype.
 */
export function insideFrameRelay(bytes: Buffer): Layer | undefined {
  let at = 1
  while (at < 4 && ((bytes[at] ?? 0) & 1) === 0) at++
  const body = bytes.subarray(at + 1)
  if (body.length < 3) return undefined
  if (body[0] !== UNNUMBERED) {
    const type = body.readUInt16BE(0)
    return type < FIRST_ETHERTYPE ? undefined : { type, bytes: body.subarray(2) }
  }
  const nlpid = body[1] === 0 ? 2 : 1
  const inner = body.subarray(nlpid + 1)
  switch (body[nlpid]) {
    case NLPID.ipv4:
      return { type: ETHERTYPE.ipv4, bytes: inner }
    case NLPID.ipv6:
      return { type: ETHERTYPE.ipv6, bytes: inner }
    case NLPID.snap:
      return insideSnap(inner)
    case NLPID.ppp:
      return insidePpp(inner)
    default:
      return undefined
  }
}
