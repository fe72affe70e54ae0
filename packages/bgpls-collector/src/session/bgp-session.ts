import type { Socket } from 'node:net'
import { keepalive, type RawMessage } from '../codec/bgp/message.js'
import { encodeNotification, type Notification } from '../codec/bgp/notification.js'
import { encodeOpen } from '../codec/bgp/open.js'
import { decodeRouteRefresh } from '../codec/bgp/route-refresh.js'
import { decodeUpdate } from '../codec/bgp/update.js'
import { DecodeError } from '../codec/decode-error.js'
import { NodeCache } from '../codec/descriptor/node-cache.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'
import { step } from '../fsm/step.js'
import type { Effect, FsmEvent, FsmState } from '../fsm/types.js'
import { eventOf, notificationFor } from './fsm-input.js'
import { ourOpen } from './our-open.js'
import { PeerConnection } from './peer-connection.js'
import type { SessionOptions } from './session-options.js'
import { SessionTimers } from './session-timers.js'

/**
 * One BGP session over TCP: the shell around the state machine. It owns a connection and three timers;
 * everything that is decided is decided in `fsm/`.
 */
export class BgpSession {
  readonly #options: SessionOptions
  readonly #timers = new SessionTimers((timer) => this.#happen({ kind: 'timer', timer }))
  readonly #connection = new PeerConnection({
    connected: () => this.#happen({ kind: 'tcp-up' }),
    received: () => this.#received(),
    lost: (why) => this.#happen({ kind: 'tcp-down', why }),
  })
  #state: FsmState = { name: 'idle' }
  #nodes = new NodeCache()
  #paused = false
  #remoteAddress = ''

  constructor(options: SessionOptions) {
    this.#options = options
  }

  get state(): FsmState['name'] {
    return this.#state.name
  }

  /** Of the connection that is there, or of the last one. */
  get remoteAddress(): string {
    return this.#remoteAddress
  }

  get localAddress(): string {
    return this.#connection.localAddress
  }

  /** Bytes that the peer has left no room for yet. */
  get unsent(): number {
    return this.#connection.unsent
  }

  /** Begins to connect; for a passive session, to wait. */
  start(): void {
    this.#happen({ kind: 'start' })
  }

  /** As {@link start}, after the time between two attempts. */
  startLater(): void {
    this.#timers.start('connect-retry', this.#options.config.connectRetry)
  }

  /** Gives the connection up without a word, as if TCP had lost it. */
  abandon(why: string): void {
    this.#connection.destroy()
    this.#happen({ kind: 'tcp-down', why })
  }

  /** Takes over a connection that the peer has opened. */
  accept(socket: Socket): void {
    this.#connection.use(socket)
    this.#happen({ kind: 'tcp-up' })
  }

  /** Ends the session with a NOTIFICATION (by default Cease, Administrative Shutdown), and for good. */
  stop(notification?: Notification): void {
    this.#happen({ kind: 'stop', ...(notification === undefined ? {} : { notification }) })
  }

  /** Sends a whole message. Resolves when there is room for more, or nobody to send to. */
  send(message: Uint8Array): Promise<void> {
    return this.#connection.send(message)
  }

  /** Stops reading; the peer's silence does not count until {@link resume}. */
  pause(): void {
    this.#paused = true
    this.#connection.pause()
    this.#timers.stop('hold')
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    if (this.#state.name === 'established') this.#timers.start('hold', this.#state.peer.holdTime)
    this.#connection.resume()
  }

  #happen(event: FsmEvent): void {
    if (event.kind === 'tcp-up') {
      this.#remoteAddress = this.#connection.remoteAddress
      this.#nodes = new NodeCache()
    }
    const { state, reason, effects } = step(this.#state, event, this.#options.config)
    const changed = state.name !== this.#state.name
    this.#state = state
    if (changed || reason !== '') this.#options.listener.changed?.(state.name, reason)
    for (const effect of effects) this.#do(effect)
    if (changed && state.name === 'open-confirm') this.#options.listener.opened?.(state.peer)
  }

  #do(effect: Effect): void {
    const { listener, endpoint } = this.#options
    switch (effect.kind) {
      case 'connect':
        if (endpoint !== undefined) this.#connection.connect(endpoint)
        break
      case 'send-open':
        this.#connection.write(encodeOpen(ourOpen(this.#options)))
        break
      case 'send-keepalive':
        this.#connection.write(keepalive)
        break
      case 'notify':
        this.#connection.write(encodeNotification(effect.notification))
        break
      case 'close':
        this.#connection.close()
        break
      case 'timer':
        if (effect.seconds === 0) this.#timers.stop(effect.timer)
        else if (effect.timer !== 'hold' || !this.#paused) this.#timers.start(effect.timer, effect.seconds)
        break
      case 'up':
        listener.up(effect.peer)
        break
      case 'down':
        listener.down(effect.reason, effect.lost)
        break
    }
  }

  #received(): void {
    try {
      for (;;) {
        const message = this.#connection.next(this.#extended())
        if (message === undefined) return
        this.#message(message)
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      this.#options.listener.broken?.(error)
      this.#happen({ kind: 'broken', notification: notificationFor(error, this.#state.name), why: error.message })
    }
  }

  #message(message: RawMessage): void {
    if (message.type === MESSAGE.update && this.#state.name === 'established') {
      const { asn4 } = this.#state.peer
      this.#options.listener.raw?.(message.bytes, asn4)
      const update = decodeUpdate(message, {
        asn4,
        strictOrder: this.#options.strictOrder === true,
        nodes: this.#nodes,
      })
      this.#happen({ kind: 'update' })
      this.#options.listener.update(update)
    } else {
      this.#happen(eventOf(message))
      if (message.type === MESSAGE.routeRefresh && this.#state.name === 'established') {
        this.#options.listener.refresh?.(decodeRouteRefresh(message))
      }
    }
  }

  /** RFC 8654 §4: longer messages when both sides offer them; we always do. */
  #extended(): boolean {
    return 'peer' in this.#state && this.#state.peer.extendedMessages
  }
}
