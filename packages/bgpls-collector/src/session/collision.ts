import { ipBytes } from '../codec/address.js'

/** What the rule has to know of a connection. */
export interface Colliding {
  /** We have opened it. */
  readonly outgoing: boolean
  readonly established: boolean
}

/**
 * RFC 4271 §6.8 for two connections with the same peer: an established one stays. Otherwise that
 * one stays which the side with the higher BGP Identifier has opened.
 *
 * @returns which of the two has to be closed.
 */
export function loserOf(older: Colliding, newer: Colliding, localId: string, peerId: string): 'older' | 'newer' {
  if (older.established) return 'newer'
  const weAreHigher = Buffer.compare(ipBytes(localId) ?? Buffer.alloc(4), ipBytes(peerId) ?? Buffer.alloc(4)) > 0
  // Two in the same direction: the newer one is what the peer knows of.
  if (older.outgoing === newer.outgoing) return 'older'
  return older.outgoing === weAreHigher ? 'newer' : 'older'
}
