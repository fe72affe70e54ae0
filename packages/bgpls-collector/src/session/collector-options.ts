import type { SessionRecord, Sync } from '@segchain/records'
import type { AddressFamily } from '../codec/bgp/capability.js'
import type { DecodeError, Treatment } from '../codec/decode-error.js'
import type { SessionConfig } from '../fsm/types.js'
import type { TopologyEvent } from '../rib/rib.js'
import type { Endpoint } from './endpoint.js'

export interface CollectorOptions {
  readonly session: Omit<SessionConfig, 'passive'>
  readonly peers: readonly Endpoint[]
  readonly listen?: Endpoint
  /** GTSM: peers are at most so many hops away. */
  readonly hops?: number
  /** Whether a peer with this address may connect. */
  readonly allowed: (address: string) => boolean
  /** Seconds without an UPDATE that stand for an End-of-RIB. */
  readonly quietSeconds: number
  readonly strictOrder: boolean
  /** Offered besides BGP-LS; what comes of them is skipped. */
  readonly families?: readonly AddressFamily[]
  /** How long the topology of a peer that restarts is kept at most (RFC 4724 §4.2), in seconds. */
  readonly maxStaleSeconds: number
  /** More connections than this are closed at once. */
  readonly maxSessions: number
}

export interface CollectorListener {
  event(event: TopologyEvent | SessionRecord | Sync): void
  problem(treatment: Treatment, error: DecodeError, from: string): void
  /** Counters of a peer that a BMP router monitors; none: it is gone. */
  statistics?(source: string, counters: Readonly<Record<string, string>>): void
  /** The session to a peer that we connect to is up; `peer` is its HOST:PORT, as in {@link log}. */
  connected?(peer: string): void
  log(level: 'debug' | 'info' | 'warn', message: string, peer: string): void
}
