import type { Capabilities } from '../codec/bgp/capability.js'
import { endOfRib } from '../codec/bgp/end-of-rib.js'
import { encodeRouteRefresh } from '../codec/bgp/route-refresh.js'
import { AFI_LINK_STATE, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import type { PeerInfo, SessionConfig } from '../fsm/types.js'
import { BgpSession, type Endpoint } from './bgp-session.js'
import { plainAddress } from './endpoint.js'
import { PeerListener } from './listener.js'

const LINK_STATE = { afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE }

export interface SpeakerOptions {
  readonly session: Omit<SessionConfig, 'passive'>
  /** Whole UPDATE messages for a peer that came up; then comes an End-of-RIB. */
  readonly updates: (peer: PeerInfo, localAddress: string) => Iterable<Uint8Array>
  readonly peers?: readonly Endpoint[]
  readonly listen?: Endpoint
  readonly capabilities?: Partial<Capabilities>
}

export interface SpeakerListener {
  up?(peer: string, info: PeerInfo): void
  /** Everything, with the End-of-RIB, is handed to TCP. */
  sent?(peer: string, updates: number): void
  down?(peer: string, reason: string): void
}

/** A BGP-LS source: says the same UPDATEs to each peer, ends them with End-of-RIB, and stays. */
export class Speaker {
  readonly #options: SpeakerOptions
  readonly #listener: SpeakerListener
  readonly #sessions = new Set<BgpSession>()
  readonly #infos = new WeakMap<BgpSession, PeerInfo>()
  readonly #told = new Map<BgpSession, PeerInfo>()
  #server: PeerListener | undefined

  constructor(options: SpeakerOptions, listener: SpeakerListener = {}) {
    this.#options = options
    this.#listener = listener
  }

  /** @returns where it listens, if it does. @throws {SegchainError} when it cannot listen. */
  async start(): Promise<Endpoint | undefined> {
    const { listen, peers = [] } = this.#options
    let bound: Endpoint | undefined
    if (listen !== undefined) {
      this.#server = new PeerListener((socket) => this.#session().accept(socket))
      bound = await this.#server.listen(listen)
    }
    for (const endpoint of peers) this.#session(endpoint).start()
    return bound
  }

  stop(): void {
    for (const session of this.#sessions) session.stop()
    this.#server?.close()
  }

  #session(endpoint?: Endpoint): BgpSession {
    const session: BgpSession = new BgpSession({
      config: { ...this.#options.session, passive: endpoint === undefined },
      ...(this.#options.capabilities === undefined ? {} : { capabilities: this.#options.capabilities }),
      ...(endpoint === undefined ? {} : { endpoint }),
      listener: {
        up: (info) => {
          this.#listener.up?.(plainAddress(session.remoteAddress), info)
          this.#infos.set(session, info)
          void this.#speak(session)
        },
        down: (reason) => {
          this.#told.delete(session)
          if (endpoint === undefined) this.#sessions.delete(session)
          this.#listener.down?.(plainAddress(session.remoteAddress), reason)
        },
        update: () => {},
        refresh: ({ afi, safi, kind }) => {
          if (kind === 'request' && afi === LINK_STATE.afi && safi === LINK_STATE.safi) void this.#speak(session)
        },
      },
    })
    this.#sessions.add(session)
    return session
  }

  /** Says something to everybody who has had the beginning. */
  async broadcast(updates: SpeakerOptions['updates']): Promise<void> {
    for (const [session, info] of this.#told) {
      for (const update of updates(info, plainAddress(session.localAddress))) await session.send(update)
    }
  }

  /** Says everything; to a peer that has asked for it again, between begin and end (RFC 7313 §4). */
  async #speak(session: BgpSession): Promise<void> {
    const info = this.#infos.get(session)
    if (info === undefined) return
    const again = this.#told.has(session) && info.open.capabilities.enhancedRouteRefresh === true
    if (again) await session.send(encodeRouteRefresh(LINK_STATE, 'begin'))
    const peer = plainAddress(session.remoteAddress)
    let count = 0
    for (const update of this.#options.updates(info, plainAddress(session.localAddress))) {
      if (session.state !== 'established') return
      await session.send(update)
      count++
    }
    if (session.state !== 'established') return
    await session.send(again ? encodeRouteRefresh(LINK_STATE, 'end') : endOfRib)
    this.#told.set(session, info)
    this.#listener.sent?.(peer, count)
  }
}
