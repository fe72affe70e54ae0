import type { Socket } from 'node:net'
import type { TopologyRecord } from '@segchain/records'
import { encodeEndOfRib } from '../codec/bgp/end-of-rib.js'
import type { Open } from '../codec/bgp/open.js'
import { AFI_LINK_STATE, LINK_STATE_SAFIS, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import { linkStateSafis } from '../fsm/open-check.js'
import type { Recorder } from '../record/recording.js'
import type { Rib } from '../rib/rib.js'
import { BgpSession } from './bgp-session.js'
import type { CollectorListener, CollectorOptions } from './collector-options.js'
import { loserOf } from './collision.js'
import { type Endpoint, endpointText, plainAddress } from './endpoint.js'
import { PeerListener } from './listener.js'
import { type Peer, restartOf } from './peer.js'
import { PeerTopology } from './peer-topology.js'
import { QuietTimer } from './quiet-timer.js'
import type { SessionListener } from './session-options.js'

/** Several BGP sessions, active and passive, and the topology that they make together. */
export class Collector {
  readonly #topology: PeerTopology
  readonly #options: CollectorOptions
  readonly #listener: CollectorListener
  readonly #peers = new Set<Peer>()
  #server: PeerListener | undefined
  #stopped = false

  /** @param recorder gets every step; see `record/recording.ts`. */
  constructor(options: CollectorOptions, listener: CollectorListener, recorder?: Recorder) {
    this.#topology = new PeerTopology(options, listener, recorder)
    this.#options = options
    this.#listener = listener
  }

  get rib(): Rib {
    return this.#topology.rib
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

  /** Begins with a topology of earlier, as stale: it stays until its speakers have come back, or do not in time. */
  remember(records: Iterable<TopologyRecord>): void {
    this.#topology.remember(records)
  }

  get #offered(): ReadonlySet<number> {
    return new Set([SAFI_LINK_STATE, ...linkStateSafis(this.#options.families ?? [])])
  }

  /** Ends every session with Cease, Administrative Shutdown. */
  stop(): void {
    this.#stopped = true
    for (const peer of [...this.#peers]) {
      peer.quiet.stop()
      peer.session.stop()
    }
    this.#topology.stop()
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

  /** The peers that are connected to, but not up, and why the last attempt failed. */
  get failures(): { readonly peer: string; readonly reason: string }[] {
    return [...this.#peers].flatMap(({ name, up, failure }) =>
      up || failure === undefined ? [] : [{ peer: name, reason: failure }],
    )
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
    const quiet = new QuietTimer(this.#options.quietSeconds, () => this.#topology.sync(peer, 'quiet'))
    const peer: Peer = {
      session,
      outgoing: endpoint !== undefined,
      name,
      up: false,
      synced: false,
      sweep: false,
      awaited: new Set(),
      quiet,
    }
    this.#peers.add(peer)
    return peer
  }

  #listenerOf(peer: () => Peer): SessionListener {
    return {
      opened: ({ open }) => this.#opened(peer(), open),
      up: ({ open }) => this.#up(peer(), open),
      down: (reason, lost) => this.#down(peer(), reason, lost),
      refresh: ({ afi, safi, kind }) => {
        if (afi === AFI_LINK_STATE && LINK_STATE_SAFIS.has(safi)) this.#topology.refresh(peer(), kind, safi)
      },
      update: (update) => this.#topology.update(peer(), update),
      raw: (update, asn4) => this.#topology.record(peer(), update, asn4),
      broken: (error) => this.#listener.problem('session-reset', error, peer().source ?? peer().name),
      changed: (state, reason) => {
        if (reason !== '') this.#listener.log('debug', `${state}: ${reason}`, peer().name)
      },
    }
  }

  #opened(peer: Peer, { bgpId, asn }: Open): void {
    peer.bgpId = bgpId
    peer.asn = asn
    const other = [...this.#peers].find((one) => one !== peer && one.bgpId === bgpId && one.asn === asn)
    if (other === undefined) return
    // RFC 4724 §5: a peer that promised to restart has done so, and TCP has not noticed yet.
    if (other.up && other.restart !== undefined && other.session.remoteAddress === peer.session.remoteAddress) {
      other.session.abandon('the peer has restarted: it has opened another connection')
      return
    }
    const { bgpId: ourId, localAsn } = this.#options.session
    const loser = loserOf(
      { outgoing: other.outgoing, established: other.up },
      { outgoing: peer.outgoing, established: false },
      { bgpId: ourId, asn: localAsn },
      { bgpId, asn },
    )
    const [loses, stays] = loser === 'older' ? [other, peer] : [peer, other]
    this.#listener.log('info', `two connections with ${bgpId}: the ${loser} one is closed`, loses.name)
    if (loses.outgoing) loses.yieldedTo = stays
    loses.session.stop({ code: 6, subcode: 7 })
  }

  #up(peer: Peer, open: Open): void {
    const source = `${peer.bgpId ?? ''}@${plainAddress(peer.session.remoteAddress)}`
    peer.source = source
    peer.up = true
    peer.synced = false
    peer.quiet.touch()
    peer.awaited = new Set(linkStateSafis(open.capabilities.families).filter((safi) => this.#offered.has(safi)))
    peer.restart = restartOf(open)
    // RFC 4724 §4.1: a peer that restarts says nothing before everybody has ended what they had to say; we have nothing.
    for (const safi of peer.awaited) void peer.session.send(encodeEndOfRib(safi))
    delete peer.failure
    if (peer.outgoing) this.#listener.connected?.(peer.name)
    this.#listener.event({ kind: 'session', id: `session:${source}`, peer: source, state: 'up', time: now() })
    this.#topology.cameBack(peer, source)
  }

  #down(peer: Peer, reason: string, lost: boolean): void {
    peer.quiet.stop()
    const { source, up } = peer
    peer.up = false
    delete peer.bgpId
    if (!peer.outgoing) this.#peers.delete(peer)
    for (const other of this.#peers) {
      if (other.yieldedTo !== peer) continue
      delete other.yieldedTo
      // Not at once: the peer may be in the middle of connecting again.
      if (!this.#stopped) other.session.startLater()
    }
    // An attempt that fails again for the same reason was said already.
    if (up) this.#listener.log('info', reason, source ?? peer.name)
    else if (peer.failure !== reason) {
      const again = peer.outgoing ? `; tried again every ${this.#options.session.connectRetry} s` : ''
      this.#listener.log('warn', reason + again, source ?? peer.name)
    }
    peer.failure = reason
    if (!up || source === undefined) return
    this.#listener.event({ kind: 'session', id: `session:${source}`, peer: source, state: 'down', reason, time: now() })
    this.#topology.gone(source, lost ? (peer.restart?.seconds ?? 0) : 0)
  }
}

function now(): string {
  return new Date().toISOString()
}
