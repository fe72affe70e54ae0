import type { Open } from '../codec/bgp/open.js'
import { AFI_LINK_STATE, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import type { BgpSession } from './bgp-session.js'
import type { QuietTimer } from './quiet-timer.js'

/** What a peer promises about its next restart. */
export interface Restart {
  readonly seconds: number
  /** The F bit: the peer has kept its state of the family. */
  readonly kept: boolean
}

/** RFC 4724 §3, for BGP-LS; absent when the peer does not promise to come back with it. */
export function restartOf({ capabilities }: Open): Restart | undefined {
  const { gracefulRestart } = capabilities
  const family = gracefulRestart?.families.find(({ afi, safi }) => afi === AFI_LINK_STATE && safi === SAFI_LINK_STATE)
  if (gracefulRestart === undefined || family === undefined) return undefined
  return { seconds: gracefulRestart.restartSeconds, kept: family.forwarding }
}

/** A session and what its owner knows of the other side. */
export interface Peer {
  readonly session: BgpSession
  readonly outgoing: boolean
  /** What it is called in logs before its OPEN is there. */
  readonly name: string
  bgpId?: string
  asn?: number
  source?: string
  up: boolean
  synced: boolean
  /** SAFIs of link state that both sides offer, and whose End-of-RIB has not come. */
  awaited: Set<number>
  /** What the peer has said about its own restart. */
  restart?: Restart | undefined
  /** Why the last attempt failed. */
  failure?: string
  /** The connection that the peer has opened, for which this one of ours was given up. */
  yieldedTo?: Peer
  /** It has come back: what it does not say again until its End-of-RIB goes. */
  sweep: boolean
  readonly quiet: QuietTimer
}
