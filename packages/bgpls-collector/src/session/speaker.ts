import type { Capabilities } from '../codec/bgp/capability.js'
import { endOfRib } from '../codec/bgp/end-of-rib.js'
import type { PeerInfo, SessionConfig } from '../fsm/types.js'
import { BgpSession, type Endpoint } from './bgp-session.js'
import { plainAddress } from './endpoint.js'
import { PeerListener } from './listener.js'

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
          void this.#speak(session, info)
        },
        down: (reason) => {
          this.#told.delete(session)
          if (endpoint === undefined) this.#sessions.delete(session)
          this.#listener.down?.(plainAddress(session.remoteAddress), reason)
        },
        update: () => {},
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

  async #speak(session: BgpSession, info: PeerInfo): Promise<void> {
    const peer = plainAddress(session.remoteAddress)
    let count = 0
    for (const update of this.#options.updates(info, plainAddress(session.localAddress))) {
      if (session.state !== 'established') return
      await session.send(update)
      count++
    }
    if (session.state !== 'established') return
    await session.send(endOfRib)
    this.#told.set(session, info)
    this.#listener.sent?.(peer, count)
  }
}
