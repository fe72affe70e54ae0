import type { Sync, TopologyRecord } from '@segchain/records'
import type { RefreshKind } from '../codec/bgp/route-refresh.js'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import { RecordedRib } from '../record/recorded-rib.js'
import { type Recorder, updateStep } from '../record/recording.js'
import { Rib, type TopologyEvent } from '../rib/rib.js'
import type { CollectorListener, CollectorOptions } from './collector-options.js'
import type { Peer } from './peer.js'
import { StaleSpeakers } from './stale-speakers.js'

/** What the peers of a collector say, and for how long it holds when they are gone (RFC 4724, RFC 7313). */
export class PeerTopology {
  readonly rib: Rib
  readonly #options: CollectorOptions
  readonly #listener: CollectorListener
  readonly #recorder: Recorder | undefined
  readonly #stale = new StaleSpeakers((source) => this.#emit(this.rib.sweepStale(source)))
  /** Speakers of a saved state that have not come back yet. */
  #remembered: ReadonlySet<string> = new Set()

  constructor(options: CollectorOptions, listener: CollectorListener, recorder: Recorder | undefined) {
    this.rib = recorder === undefined ? new Rib() : new RecordedRib(recorder)
    this.#options = options
    this.#listener = listener
    this.#recorder = recorder
  }

  /** Takes a topology of earlier, as stale. */
  remember(records: Iterable<TopologyRecord>): void {
    this.#remembered = this.rib.load(records)
    this.#emit(this.rib.snapshot())
    for (const source of this.#remembered) this.#stale.expire(source, this.#options.maxStaleSeconds)
  }

  /** A session with this speaker is up. */
  cameBack(peer: Peer, source: string): void {
    if (!this.#stale.cameBack(source)) return
    // RFC 4724 §4.2: without the family, or with its state lost, what is stale goes at once.
    const kept = peer.restart?.kept === true || this.#remembered.has(source)
    if (!kept) this.#emit(this.rib.sweepStale(source))
    else peer.sweep = true
  }

  /** @param restartSeconds how long the speaker takes to come back; 0: it will not. */
  gone(source: string, restartSeconds: number): void {
    const seconds = Math.min(restartSeconds, this.#options.maxStaleSeconds)
    if (seconds === 0) {
      this.#emit(this.rib.drop(source))
      return
    }
    this.#emit(this.rib.markStale(source))
    this.#stale.expire(source, seconds)
  }

  /** RFC 7313 §4: what stands between begin and end replaces everything before. */
  refresh({ source }: Peer, kind: RefreshKind | undefined, safi: number): void {
    if (source === undefined) return
    if (kind === 'begin') this.rib.beginRefresh(source, safi)
    if (kind === 'end') for (const event of this.rib.endRefresh(source, safi)) this.#listener.event(event)
  }

  /** An UPDATE as it came. */
  record({ source, name }: Peer, update: Buffer, asn4: boolean): void {
    this.#recorder?.step(updateStep(source ?? name, { bytes: update, asn4 }, this.#options.strictOrder))
  }

  update(peer: Peer, update: LinkStateUpdate): void {
    const source = peer.source ?? peer.name
    peer.quiet.touch()
    for (const { treatment, error } of update.problems) this.#listener.problem(treatment, error, source)
    for (const event of this.rib.apply(source, update)) this.#listener.event(event)
    if (update.endOfRib === undefined) return
    peer.awaited.delete(update.endOfRib)
    if (peer.awaited.size === 0) this.sync(peer, 'end-of-rib')
  }

  /** The peer has said all that it had. */
  sync(peer: Peer, reason: Sync['reason']): void {
    peer.quiet.stop()
    if (peer.synced || peer.source === undefined) return
    peer.synced = true
    if (peer.sweep) this.#emit(this.rib.sweepStale(peer.source))
    peer.sweep = false
    this.#listener.event({ kind: 'sync', id: `sync:${peer.source}`, reason, source: peer.source })
  }

  stop(): void {
    this.#stale.stop()
  }

  #emit(events: readonly TopologyEvent[]): void {
    for (const event of events) this.#listener.event(event)
  }
}
