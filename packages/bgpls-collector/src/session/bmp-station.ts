import type { Socket } from 'node:net'
import { BmpRouter } from '../bmp/bmp-router.js'
import { RouterNames } from '../bmp/router-names.js'
import { bmpMessageAt } from '../codec/bmp/message.js'
import { DecodeError } from '../codec/decode-error.js'
import type { SessionFinding } from '../decode/capture-session.js'
import { PendingBytes } from '../pending-bytes.js'
import { type Recorder, updateStep } from '../record/recording.js'
import type { Rib } from '../rib/rib.js'
import type { CollectorListener } from './collector-options.js'
import type { Endpoint } from './endpoint.js'
import { plainAddress } from './endpoint.js'
import { PeerListener } from './listener.js'
import { QuietTimer } from './quiet-timer.js'

export interface BmpStationOptions {
  readonly listen: Endpoint
  readonly allowed: (address: string) => boolean
  readonly quietSeconds: number
  readonly strictOrder: boolean
  readonly maxSessions: number
}

interface Monitored {
  readonly socket: Socket
  readonly router: BmpRouter
  readonly quiet: QuietTimer
  readonly pending: PendingBytes
  synced: boolean
}

const KEEPALIVE_MS = 30_000

/** Takes what routers say over BMP (RFC 7854): many routers, each with many peers. Never says anything itself. */
export class BmpStation {
  readonly #options: BmpStationOptions
  readonly #listener: CollectorListener
  readonly #rib: Rib
  readonly #server: PeerListener
  readonly #recorder: Recorder | undefined
  readonly #routers = new Set<Monitored>()
  readonly #names = new RouterNames()

  /** @param recorder gets every UPDATE before the topology takes it; the same as that of a `RecordedRib`. */
  constructor(options: BmpStationOptions, rib: Rib, listener: CollectorListener, recorder?: Recorder) {
    this.#options = options
    this.#rib = rib
    this.#listener = listener
    this.#recorder = recorder
    this.#server = new PeerListener((socket) => this.#accept(socket))
  }

  /** @throws {SegchainError} when it cannot listen. */
  start(): Promise<Endpoint> {
    return this.#server.listen(this.#options.listen)
  }

  stop(): void {
    for (const { socket, quiet } of this.#routers) {
      quiet.stop()
      socket.destroy()
    }
    this.#server.close()
  }

  pause(): void {
    for (const { socket } of this.#routers) socket.pause()
  }

  resume(): void {
    for (const { socket } of this.#routers) socket.resume()
  }

  get synced(): number {
    return [...this.#routers].filter((one) => one.synced).length
  }

  #accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '')
    if (!this.#options.allowed(address) || this.#routers.size >= this.#options.maxSessions) {
      this.#listener.log('warn', 'a BMP connection is refused: see --allow and --max-sessions', address)
      socket.destroy()
      return
    }
    const quiet = new QuietTimer(this.#options.quietSeconds, () => this.#sync(one, 'quiet'))
    const { strictOrder } = this.#options
    const router = new BmpRouter(address, { strictOrder, nameOf: (wanted) => this.#names.take(wanted, address) })
    const one: Monitored = { socket, router, quiet, pending: new PendingBytes(), synced: false }
    this.#routers.add(one)
    quiet.touch()
    // A station says nothing: only TCP notices that a router is gone without a word.
    socket.setKeepAlive(true, KEEPALIVE_MS)
    this.#listener.log('info', 'a router monitors to us', address)
    socket.on('data', (bytes) => this.#received(one, bytes))
    socket.on('error', (error) => this.#closed(one, error.message))
    socket.on('close', () => this.#closed(one, 'the router closed the connection'))
  }

  #received(one: Monitored, bytes: Buffer): void {
    const all = one.pending.with(bytes)
    let at = 0
    try {
      for (;;) {
        const message = bmpMessageAt(all, at)
        if (message === undefined) break
        at += message.bytes.length
        for (const finding of one.router.message(message)) this.#finding(one, finding)
      }
      one.pending.keep(all, at)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      this.#listener.problem('session-reset', error, one.router.name)
      one.socket.destroy()
      this.#closed(one, error.message)
    }
  }

  #finding(one: Monitored, finding: SessionFinding): void {
    switch (finding.kind) {
      case 'session':
        this.#listener.event({ ...finding.record, time: new Date().toISOString() })
        break
      case 'error':
        this.#listener.problem(finding.error.treatment ?? 'session-reset', finding.error, one.router.name)
        break
      case 'statistics':
        this.#listener.statistics?.(finding.source, finding.counters)
        break
      case 'gone':
        this.#listener.statistics?.(finding.source, {})
        for (const event of this.#rib.drop(finding.source)) this.#listener.event(event)
        break
      case 'update': {
        const { source, update, raw } = finding
        one.quiet.touch()
        if (raw !== undefined) this.#recorder?.step(updateStep(source, raw, this.#options.strictOrder))
        for (const { treatment, error } of update.problems) this.#listener.problem(treatment, error, source)
        for (const event of this.#rib.apply(source, update)) this.#listener.event(event)
        // RFC 7854 §5: an End-of-RIB ends the dump of one peer; the quiet timer that of the router.
        break
      }
    }
  }

  #sync(one: Monitored, reason: 'quiet'): void {
    one.quiet.stop()
    if (one.synced) return
    one.synced = true
    this.#listener.event({ kind: 'sync', id: `sync:${one.router.name}`, reason, source: one.router.name })
  }

  #closed(one: Monitored, reason: string): void {
    if (!this.#routers.delete(one)) return
    one.quiet.stop()
    this.#listener.log('info', reason, one.router.name)
    for (const finding of one.router.closed(reason)) this.#finding(one, finding)
    if (one.router.ownName !== undefined) this.#names.release(one.router.ownName)
  }
}
