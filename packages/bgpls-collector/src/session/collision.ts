import { ipBytes } from '../codec/address.js'

/** What the rule has to know of a connection. */
export interface Colliding {
  /** We have opened it. */
  readonly outgoing: boolean
  readonly established: boolean
}

/** By which a speaker is known; RFC 6286 §2.1: a BGP Identifier is unique in its AS only. */
export interface Speaking {
  readonly bgpId: string
  readonly asn: number
}

/**
 * RFC 4271 §6.8 for two connections with the same peer: an established one stays. Otherwise that
 * one stays which the side with the higher BGP Identifier has opened; of two that are the same, the
 * side with the higher AS number (RFC 6286 §2.3).
 *
 * @returns which of the two has to be closed.
 */
export function loserOf(older: Colliding, newer: Colliding, local: Speaking, peer: Speaking): 'older' | 'newer' {
  if (older.established) return 'newer'
  const byId = Buffer.compare(ipBytes(local.bgpId) ?? Buffer.alloc(4), ipBytes(peer.bgpId) ?? Buffer.alloc(4))
  const weAreHigher = byId === 0 ? local.asn > peer.asn : byId > 0
  // Two in the same direction: the newer one is what the peer knows of.
  if (older.outgoing === newer.outgoing) return 'older'
  return older.outgoing === weAreHigher ? 'newer' : 'older'
}
