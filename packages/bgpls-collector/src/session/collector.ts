import type { Socket } from 'node:net'
import type { SessionRecord, Sync, TopologyRecord } from '@segchain/records'
import type { AddressFamily } from '../codec/bgp/capability.js'
import { encodeEndOfRib } from '../codec/bgp/end-of-rib.js'
import type { Open } from '../codec/bgp/open.js'
import type { RefreshKind } from '../codec/bgp/route-refresh.js'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import type { DecodeError, Treatment } from '../codec/decode-error.js'
import { AFI_LINK_STATE, LINK_STATE_SAFIS, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import { linkStateSafis } from '../fsm/open-check.js'
import type { SessionConfig } from '../fsm/types.js'
import { RecordedRib } from '../record/recorded-rib.js'
import { type Recorder, updateStep } from '../record/recording.js'
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

interface Restart {
  readonly seconds: number
  /** The F bit: the peer has kept its state of the family. */
  readonly kept: boolean
}

/** RFC 4724 §3, for BGP-LS; absent when the peer does not promise to come back with it. */
function restartOf({ capabilities }: Open): Restart | undefined {
  const { gracefulRestart } = capabilities
  const family = gracefulRestart?.families.find(({ afi, safi }) => afi === AFI_LINK_STATE && safi === SAFI_LINK_STATE)
  if (gracefulRestart === undefined || family === undefined) return undefined
  return { seconds: gracefulRestart.restartSeconds, kept: family.forwarding }
}

interface Peer {
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

/** Several BGP sessions, active and passive, and the topology that they make together. */
export class Collector {
  readonly rib: Rib
  readonly #options: CollectorOptions
  readonly #listener: CollectorListener
  readonly #recorder: Recorder | undefined
  readonly #peers = new Set<Peer>()
  /** When what is stale goes, by source. */
  readonly #stale = new Map<string, NodeJS.Timeout>()
  #server: PeerListener | undefined
  #stopped = false

  /** Speakers of a saved state that have not come back yet. */
  #remembered: ReadonlySet<string> = new Set()

  /** @param recorder gets every step; see `record/recording.ts`. */
  constructor(options: CollectorOptions, listener: CollectorListener, recorder?: Recorder) {
    this.rib = recorder === undefined ? new Rib() : new RecordedRib(recorder)
    this.#recorder = recorder
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

  /** Begins with a topology of earlier, as stale: it stays until its speakers have come back, or do not in time. */
  remember(records: Iterable<TopologyRecord>): void {
    this.#remembered = this.rib.load(records)
    this.#emit(this.rib.snapshot())
    for (const source of this.#remembered) this.#expire(source, this.#options.maxStaleSeconds)
  }

  #expire(source: string, seconds: number): void {
    clearTimeout(this.#stale.get(source))
    const expire = () => {
      this.#stale.delete(source)
      this.#emit(this.rib.sweepStale(source))
    }
    this.#stale.set(source, setTimeout(expire, seconds * 1000))
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
    for (const timer of this.#stale.values()) clearTimeout(timer)
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
    const quiet = new QuietTimer(this.#options.quietSeconds, () => this.#sync(peer, 'quiet'))
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
        if (afi === AFI_LINK_STATE && LINK_STATE_SAFIS.has(safi)) this.#refresh(peer(), kind, safi)
      },
      update: (update) => this.#update(peer(), update),
      raw: (update, asn4) => this.#record(peer(), update, asn4),
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
    const { localAsn } = this.#options.session
    const loser = loserOf(
      { outgoing: other.outgoing, established: other.up },
      { outgoing: peer.outgoing, established: false },
      { bgpId: this.#options.session.bgpId, asn: localAsn },
      { bgpId, asn },
    )
    const [loses, stays] = loser === 'older' ? [other, peer] : [peer, other]
    this.#listener.log('info', `two connections with ${bgpId}: the ${loser} one is closed`, loses.name)
    if (loses.outgoing) loses.yieldedTo = stays
    loses.session.stop({ code: 6, subcode: 7 })
  }

  /** RFC 7313 §4: what stands between begin and end replaces everything before. */
  #refresh({ source }: Peer, kind: RefreshKind | undefined, safi: number): void {
    if (source === undefined) return
    if (kind === 'begin') this.rib.beginRefresh(source, safi)
    if (kind === 'end') for (const event of this.rib.endRefresh(source, safi)) this.#listener.event(event)
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
    const waiting = this.#stale.get(source)
    if (waiting === undefined) return
    clearTimeout(waiting)
    this.#stale.delete(source)
    // RFC 4724 §4.2: without the family, or with its state lost, what is stale goes at once.
    const kept = peer.restart?.kept === true || this.#remembered.has(source)
    if (!kept) this.#emit(this.rib.sweepStale(source))
    else peer.sweep = true
  }

  #emit(events: readonly TopologyEvent[]): void {
    for (const event of events) this.#listener.event(event)
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
    const seconds = Math.min(peer.restart?.seconds ?? 0, this.#options.maxStaleSeconds)
    if (!lost || seconds === 0) {
      this.#emit(this.rib.drop(source))
      return
    }
    this.#emit(this.rib.markStale(source))
    this.#expire(source, seconds)
  }

  #record({ source, name }: Peer, update: Buffer, asn4: boolean): void {
    this.#recorder?.step(updateStep(source ?? name, { bytes: update, asn4 }, this.#options.strictOrder))
  }

  #update(peer: Peer, update: LinkStateUpdate): void {
    const source = peer.source ?? peer.name
    peer.quiet.touch()
    for (const { treatment, error } of update.problems) this.#listener.problem(treatment, error, source)
    for (const event of this.rib.apply(source, update)) this.#listener.event(event)
    if (update.endOfRib === undefined) return
    peer.awaited.delete(update.endOfRib)
    if (peer.awaited.size === 0) this.#sync(peer, 'end-of-rib')
  }

  #sync(peer: Peer, reason: Sync['reason']): void {
    peer.quiet.stop()
    if (peer.synced || peer.source === undefined) return
    peer.synced = true
    if (peer.sweep) this.#emit(this.rib.sweepStale(peer.source))
    peer.sweep = false
    this.#listener.event({ kind: 'sync', id: `sync:${peer.source}`, reason, source: peer.source })
  }
}

function now(): string {
  return new Date().toISOString()
}
