import type { Notification } from '../codec/bgp/notification.js'
import type { Open } from '../codec/bgp/open.js'

/** What a session is configured with. Times in seconds. */
export interface SessionConfig {
  readonly localAsn: number
  readonly bgpId: string
  /** Proposed hold time: 0, or 3 to 65,535. */
  readonly holdTime: number
  /** Refuse every other AS; absent: any. */
  readonly peerAsn?: number
  /** How long to wait before the next attempt to connect. */
  readonly connectRetry: number
  /** Never connects itself. */
  readonly passive: boolean
}

/** What the two OPENs have settled. */
export interface PeerInfo {
  readonly open: Open
  /** The smaller of both hold times; 0: no keepalives are sent or asked for (RFC 4271 §4.2). */
  readonly holdTime: number
  readonly asn4: boolean
  readonly extendedMessages: boolean
}

export type TimerName = 'connect-retry' | 'hold' | 'keepalive'

/** RFC 4271 §8.1, as far as something happens on it. */
export type FsmEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop'; readonly notification?: Notification }
  | { readonly kind: 'tcp-up' }
  | { readonly kind: 'tcp-down'; readonly why: string }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  | { readonly kind: 'open'; readonly open: Open }
  | { readonly kind: 'keepalive' }
  | { readonly kind: 'update' }
  | { readonly kind: 'route-refresh' }
  | { readonly kind: 'notification'; readonly notification: Notification }
  /** A message that cannot be gone on from: its header, its form or its content is wrong. */
  | { readonly kind: 'broken'; readonly notification: Notification; readonly why: string }

/** What the shell has to do. */
export type Effect =
  | { readonly kind: 'connect' }
  | { readonly kind: 'send-open' }
  | { readonly kind: 'send-keepalive' }
  | { readonly kind: 'notify'; readonly notification: Notification }
  | { readonly kind: 'close' }
  /** 0 stops it. */
  | { readonly kind: 'timer'; readonly timer: TimerName; readonly seconds: number }
  | { readonly kind: 'up'; readonly peer: PeerInfo }
  /** Lost: TCP broke without a NOTIFICATION, after which a graceful restart may come (RFC 4724 §4.2). */
  | { readonly kind: 'down'; readonly reason: string; readonly lost: boolean }

export type FsmState =
  | { readonly name: 'idle' }
  | { readonly name: 'connect' }
  | { readonly name: 'active' }
  | { readonly name: 'open-sent' }
  | { readonly name: 'open-confirm'; readonly peer: PeerInfo }
  | { readonly name: 'established'; readonly peer: PeerInfo }

export interface Step<S extends FsmState = FsmState> {
  readonly state: S
  /** Why; the log line. */
  readonly reason: string
  readonly effects: readonly Effect[]
}
