import type { Socket } from 'node:net'
import type { SessionRecord, Sync } from '@segchain/records'
import type { AddressFamily } from '../codec/bgp/capability.js'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import type { DecodeError, Treatment } from '../codec/decode-error.js'
import type { SessionConfig } from '../fsm/types.js'
import { Rib, type TopologyEvent } from '../rib/rib.js'
import { BgpSession, type Endpoint, type SessionListener } from './bgp-session.js'
import { loserOf } from './collision.js'
import { endpointText, plainAddress } from './endpoint.js'
import { PeerListener } from './listener.js'
import { QuietTimer } from './quiet-timer.js'

export interface CollectorOptions {
  readonly session: Omit<SessionConfig, 'passive'>
  readonly peers: readonly Endpoint[]
  readonly listen?: Endpoint
  /** Whether a peer with this address may connect. */
  readonly allowed: (address: string) => boolean
  /** Seconds without an UPDATE that stand for an End-of-RIB. */
  readonly quietSeconds: number
  readonly strictOrder: boolean
  /** Offered besides BGP-LS; what comes of them is skipped. */
  readonly families?: readonly AddressFamily[]
  /** More connections than this are closed at once. */
  readonly maxSessions: number
}

export interface CollectorListener {
  event(event: TopologyEvent | SessionRecord | Sync): void
  problem(treatment: Treatment, error: DecodeError, from: string): void
  log(level: 'debug' | 'info' | 'warn', message: string, peer: string): void
}

interface Peer {
  readonly session: BgpSession
  readonly outgoing: boolean
  /** What it is called in logs before its OPEN is there. */
  readonly name: string
  bgpId?: string
  source?: string
  up: boolean
  synced: boolean
  readonly quiet: QuietTimer
}

/** Several BGP sessions, active and passive, and the topology that they make together. */
export class Collector {
  readonly rib = new Rib()
  readonly #options: CollectorOptions
  readonly #listener: CollectorListener
  readonly #peers = new Set<Peer>()
  #server: PeerListener | undefined

  constructor(options: CollectorOptions, listener: CollectorListener) {
    this.#options = options
    this.#listener = listener
  }

  /** @returns where it listens, if it does. @throws {SegchainError} when it cannot listen. */
  async start(): Promise<Endpoint | undefined> {
    const { listen, peers } = this.#options
    let bound: Endpoint | undefined
    if (listen !== undefined) {
      this.#server = new PeerListener((socket) => this.#accept(socket))
      bound = await this.#server.listen(listen)
    }
    for (const endpoint of peers) this.#add(endpointText(endpoint), endpoint).session.start()
    return bound
  }

  /** Ends every session with Cease, Administrative Shutdown. */
  stop(): void {
    for (const peer of [...this.#peers]) {
      peer.quiet.stop()
      peer.session.stop()
    }
    this.#server?.close()
  }

  /** The slow reader of our output stops the peers, by TCP; see {@link BgpSession.pause}. */
  pause(): void {
    for (const { session } of this.#peers) session.pause()
  }

  resume(): void {
    for (const { session } of this.#peers) session.resume()
  }

  /** How many sessions are up, and how many of them have given all that they had. */
  get progress(): { readonly up: number; readonly synced: number } {
    const peers = [...this.#peers]
    return { up: peers.filter((peer) => peer.up).length, synced: peers.filter((peer) => peer.synced).length }
  }

  #accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '')
    const refusal = this.#refusal(address)
    if (refusal === undefined) {
      this.#add(address).session.accept(socket)
      return
    }
    this.#listener.log('warn', refusal, address)
    socket.destroy()
  }

  #refusal(address: string): string | undefined {
    if (!this.#options.allowed(address)) return 'the peer is not allowed: see --allow'
    return this.#peers.size >= this.#options.maxSessions ? 'too many sessions: see --max-sessions' : undefined
  }

  #add(name: string, endpoint?: Endpoint): Peer {
    const session = new BgpSession({
      config: { ...this.#options.session, passive: endpoint === undefined },
      strictOrder: this.#options.strictOrder,
      families: this.#options.families ?? [],
      listener: this.#listenerOf(() => peer),
      ...(endpoint === undefined ? {} : { endpoint }),
    })
    const quiet = new QuietTimer(this.#options.quietSeconds, () => this.#sync(peer, 'quiet'))
    const peer: Peer = { session, outgoing: endpoint !== undefined, name, up: false, synced: false, quiet }
    this.#peers.add(peer)
    return peer
  }

  #listenerOf(peer: () => Peer): SessionListener {
    return {
      opened: ({ open }) => this.#opened(peer(), open.bgpId),
      up: () => this.#up(peer()),
      down: (reason) => this.#down(peer(), reason),
      update: (update) => this.#update(peer(), update),
      broken: (error) => this.#listener.problem('session-reset', error, peer().source ?? peer().name),
      changed: (state, reason) => {
        if (reason !== '') this.#listener.log(state === 'idle' ? 'info' : 'debug', `${state}: ${reason}`, peer().name)
      },
    }
  }

  #opened(peer: Peer, bgpId: string): void {
    peer.bgpId = bgpId
    for (const other of this.#peers) {
      if (other === peer || other.bgpId !== bgpId) continue
      const loser = loserOf(
        { outgoing: other.outgoing, established: other.up },
        { outgoing: peer.outgoing, established: false },
        this.#options.session.bgpId,
        bgpId,
      )
      const loses = loser === 'older' ? other : peer
      this.#listener.log('info', `two connections with ${bgpId}: the ${loser} one is closed`, loses.name)
      loses.session.stop({ code: 6, subcode: 7 })
      return
    }
  }

  #up(peer: Peer): void {
    const source = `${peer.bgpId ?? ''}@${plainAddress(peer.session.remoteAddress)}`
    peer.source = source
    peer.up = true
    peer.synced = false
    peer.quiet.touch()
    this.#listener.event({ kind: 'session', id: `session:${source}`, peer: source, state: 'up', time: now() })
  }

  #down(peer: Peer, reason: string): void {
    peer.quiet.stop()
    const { source, up } = peer
    peer.up = false
    delete peer.bgpId
    if (!peer.outgoing) this.#peers.delete(peer)
    if (!up || source === undefined) return
    this.#listener.event({ kind: 'session', id: `session:${source}`, peer: source, state: 'down', reason, time: now() })
    for (const event of this.rib.drop(source)) this.#listener.event(event)
  }

  #update(peer: Peer, update: LinkStateUpdate): void {
    const source = peer.source ?? peer.name
    peer.quiet.touch()
    for (const { treatment, error } of update.problems) this.#listener.problem(treatment, error, source)
    for (const event of this.rib.apply(source, update)) this.#listener.event(event)
    if (update.endOfRib) this.#sync(peer, 'end-of-rib')
  }

  #sync(peer: Peer, reason: Sync['reason']): void {
    peer.quiet.stop()
    if (peer.synced || peer.source === undefined) return
    peer.synced = true
    this.#listener.event({ kind: 'sync', id: `sync:${peer.source}`, reason, source: peer.source })
  }
}

function now(): string {
  return new Date().toISOString()
}
