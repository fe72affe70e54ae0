import type { AddressFamily, Capabilities } from '../codec/bgp/capability.js'
import { encodeEndOfRib } from '../codec/bgp/end-of-rib.js'
import { encodeRouteRefresh } from '../codec/bgp/route-refresh.js'
import { AFI_LINK_STATE, LINK_STATE_SAFIS, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import { linkStateSafis } from '../fsm/open-check.js'
import type { PeerInfo, SessionConfig } from '../fsm/types.js'
import { BgpSession } from './bgp-session.js'
import type { Endpoint } from './endpoint.js'
import { endpointText, plainAddress } from './endpoint.js'
import { PeerListener } from './listener.js'

const LINK_STATE = { afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE }

export interface SpeakerOptions {
  readonly session: Omit<SessionConfig, 'passive'>
  /** Whole UPDATE messages for a peer that came up; then comes an End-of-RIB. */
  readonly updates: (peer: PeerInfo, localAddress: string) => Iterable<Uint8Array>
  readonly peers?: readonly Endpoint[]
  readonly listen?: Endpoint
  readonly capabilities?: Partial<Capabilities>
  /** What a peer may leave unread of what follows the beginning; 64 MiB. */
  readonly maxUnsentBytes?: number
  /** Tables besides SAFI 71. */
  readonly families?: readonly AddressFamily[]
}

export interface SpeakerListener {
  up?(peer: string, info: PeerInfo): void
  /** Everything, with the End-of-RIB, is handed to TCP. */
  sent?(peer: string, updates: number): void
  /** @param wasUp false: an attempt that failed. */
  down?(peer: string, reason: string, wasUp: boolean): void
}

const MAX_UNSENT_BYTES = 64 * 1024 * 1024

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
      families: this.#options.families ?? [],
      listener: {
        up: (info) => {
          this.#listener.up?.(plainAddress(session.remoteAddress), info)
          this.#infos.set(session, info)
          void this.#speak(session)
        },
        down: (reason) => {
          this.#told.delete(session)
          if (endpoint === undefined) this.#sessions.delete(session)
          const wasUp = this.#infos.delete(session)
          this.#listener.down?.(
            wasUp || endpoint === undefined ? plainAddress(session.remoteAddress) : endpointText(endpoint),
            reason,
            wasUp,
          )
        },
        update: () => {},
        refresh: ({ afi, safi, kind }) => {
          if (kind === 'request' && afi === AFI_LINK_STATE && LINK_STATE_SAFIS.has(safi)) void this.#speak(session)
        },
      },
    })
    this.#sessions.add(session)
    return session
  }

  /**
   * Says something to everybody who has had the beginning. The fastest one sets the pace; one that is too far behind
   * is given up, so that a peer that does not read cannot stop the others.
   */
  async broadcast(updates: SpeakerOptions['updates']): Promise<void> {
    const rooms: Promise<void>[] = []
    for (const [session, info] of this.#told) {
      let room = Promise.resolve()
      for (const update of updates(info, plainAddress(session.localAddress))) room = session.send(update)
      // RFC 4486 §4: Cease, Out of Resources.
      if (session.unsent > (this.#options.maxUnsentBytes ?? MAX_UNSENT_BYTES)) session.stop({ code: 6, subcode: 8 })
      else rooms.push(room)
    }
    if (rooms.length > 0) await Promise.race(rooms)
  }

  /** The tables that both sides offer. */
  #familiesWith({ open }: PeerInfo): AddressFamily[] {
    const theirs = new Set(linkStateSafis(open.capabilities.families))
    return [LINK_STATE, ...(this.#options.families ?? [])].filter(({ safi }) => theirs.has(safi))
  }

  /** Says everything; to a peer that has asked for it again, between begin and end (RFC 7313 §4). */
  async #speak(session: BgpSession): Promise<void> {
    const info = this.#infos.get(session)
    if (info === undefined) return
    const again = this.#told.has(session) && info.open.capabilities.enhancedRouteRefresh === true
    const families = this.#familiesWith(info)
    if (again) for (const family of families) await session.send(encodeRouteRefresh(family, 'begin'))
    const peer = plainAddress(session.remoteAddress)
    let count = 0
    for (const update of this.#options.updates(info, plainAddress(session.localAddress))) {
      if (session.state !== 'established') return
      await session.send(update)
      count++
    }
    if (session.state !== 'established') return
    for (const family of families) {
      await session.send(again ? encodeRouteRefresh(family, 'end') : encodeEndOfRib(family.safi))
    }
    this.#told.set(session, info)
    this.#listener.sent?.(peer, count)
  }
}
