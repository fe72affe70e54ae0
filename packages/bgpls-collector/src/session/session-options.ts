import type { AddressFamily, Capabilities } from '../codec/bgp/capability.js'
import type { RouteRefresh } from '../codec/bgp/route-refresh.js'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import type { DecodeError } from '../codec/decode-error.js'
import type { FsmState, PeerInfo, SessionConfig } from '../fsm/types.js'
import type { Endpoint } from './endpoint.js'

/** What the owner of a session hears of it. */
export interface SessionListener {
  up(peer: PeerInfo): void
  /** @param lost TCP broke without a NOTIFICATION. */
  down(reason: string, lost: boolean): void
  update(update: LinkStateUpdate): void
  /** Every UPDATE as it came, before it is decoded. */
  raw?(update: Buffer, asn4: boolean): void
  /** The peer asks for everything again, or begins or ends to say it. */
  refresh?(refresh: RouteRefresh): void
  /** A message that ended the session. */
  broken?(error: DecodeError): void
  /** A change of state, for a log. */
  changed?(state: FsmState['name'], reason: string): void
  /** The peer's OPEN is there, and was accepted: the owner may stop one of two colliding connections. */
  opened?(peer: PeerInfo): void
}

export interface SessionOptions {
  readonly config: SessionConfig
  readonly listener: SessionListener
  /** Absent for a session that a peer has opened. */
  readonly endpoint?: Endpoint
  readonly strictOrder?: boolean
  /** Address families offered besides BGP-LS. */
  readonly families?: readonly AddressFamily[]
  /** Besides what every session of ours offers. */
  readonly capabilities?: Partial<Capabilities>
}
