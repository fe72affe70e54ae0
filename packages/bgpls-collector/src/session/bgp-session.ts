import { connect, type Socket } from 'node:net'
import type { AddressFamily, Capabilities } from '../codec/bgp/capability.js'
import { keepalive, type RawMessage } from '../codec/bgp/message.js'
import { decodeNotification, encodeNotification, type Notification } from '../codec/bgp/notification.js'
import { decodeOpen, encodeOpen } from '../codec/bgp/open.js'
import { decodeRouteRefresh, type RouteRefresh } from '../codec/bgp/route-refresh.js'
import { decodeUpdate, type LinkStateUpdate } from '../codec/bgp/update.js'
import { DecodeError } from '../codec/decode-error.js'
import { NodeCache } from '../codec/descriptor/node-cache.js'
import { AFI_LINK_STATE, MESSAGE, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import { step } from '../fsm/step.js'
import type { Effect, FsmEvent, FsmState, PeerInfo, SessionConfig, TimerName } from '../fsm/types.js'
import { MessageStream } from './message-stream.js'

/** Where a session is made to. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  /** Where to listen: a socket that listens already, which somebody else has made and handed over. */
  readonly fd?: number
}

/** What the owner of a session hears of it. */
export interface SessionListener {
  up(peer: PeerInfo): void
  /** @param lost TCP broke without a NOTIFICATION. */
  down(reason: string, lost: boolean): void
  update(update: LinkStateUpdate): void
  /** Every UPDATE as it came, before it is decoded. */
  raw?(update: Buffer, asn4: boolean): void
  /** The peer asks for everything again, or begins or ends to say it. */
  refresh?(refresh: RouteRefresh): void
  /** A message that ended the session. */
  broken?(error: DecodeError): void
  /** A change of state, for a log. */
  changed?(state: FsmState['name'], reason: string): void
  /** The peer's OPEN is there, and was accepted: the owner may stop one of two colliding connections. */
  opened?(peer: PeerInfo): void
}

export interface SessionOptions {
  readonly config: SessionConfig
  readonly listener: SessionListener
  /** Absent for a session that a peer has opened. */
  readonly endpoint?: Endpoint
  readonly strictOrder?: boolean
  /** Address families offered besides BGP-LS. */
  readonly families?: readonly AddressFamily[]
  /** Besides what every session of ours offers. */
  readonly capabilities?: Partial<Capabilities>
}

/**
 * One BGP session over TCP: the shell around the state machine. It owns a socket and three timers;
 * everything that is decided is decided in `fsm/`.
 */
export class BgpSession {
  readonly #options: SessionOptions
  readonly #timers = new Map<TimerName, NodeJS.Timeout>()
  #state: FsmState = { name: 'idle' }
  #socket: Socket | undefined
  #messages = new MessageStream()
  #nodes = new NodeCache()
  #paused = false
  #remoteAddress = ''
  /** Settles when the socket takes more; absent while it does. */
  #room: Promise<void> | undefined

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
    return this.#socket?.localAddress ?? ''
  }

  /** Begins to connect; for a passive session, to wait. */
  start(): void {
    this.#happen({ kind: 'start' })
  }

  /** As {@link start}, after the time between two attempts. */
  startLater(): void {
    this.#startTimer('connect-retry', this.#options.config.connectRetry)
  }

  /** Gives the connection up without a word, as if TCP had lost it. */
  abandon(why: string): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
    this.#happen({ kind: 'tcp-down', why })
  }

  /** Takes over a connection that the peer has opened. */
  accept(socket: Socket): void {
    this.#use(socket)
    this.#happen({ kind: 'tcp-up' })
  }

  /** Ends the session with a NOTIFICATION (by default Cease, Administrative Shutdown), and for good. */
  stop(notification?: Notification): void {
    this.#happen({ kind: 'stop', ...(notification === undefined ? {} : { notification }) })
  }

  /** Sends a whole message. Resolves when there is room for more, or nobody to send to. */
  async send(message: Uint8Array): Promise<void> {
    const socket = this.#socket
    if (socket === undefined || socket.destroyed || socket.write(message)) return
    // One for all that wait: a listener each would be a leak where nobody reads.
    this.#room ??= new Promise<void>((resolve) => {
      const done = () => {
        socket.off('drain', done)
        socket.off('close', done)
        this.#room = undefined
        resolve()
      }
      socket.on('drain', done)
      socket.on('close', done)
    })
    await this.#room
  }

  /** Bytes that the peer has left no room for yet. */
  get unsent(): number {
    return this.#socket?.writableLength ?? 0
  }

  /** Stops reading; the peer's silence does not count until {@link resume}. */
  pause(): void {
    this.#paused = true
    this.#socket?.pause()
    this.#stopTimer('hold')
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    if (this.#state.name === 'established') this.#startTimer('hold', this.#state.peer.holdTime)
    this.#socket?.resume()
  }

  #happen(event: FsmEvent): void {
    if (event.kind === 'tcp-up') this.#remoteAddress = this.#socket?.remoteAddress ?? ''
    const { state, reason, effects } = step(this.#state, event, this.#options.config)
    const changed = state.name !== this.#state.name
    this.#state = state
    if (changed || reason !== '') this.#options.listener.changed?.(state.name, reason)
    for (const effect of effects) this.#do(effect)
    if (changed && state.name === 'open-confirm') this.#options.listener.opened?.(state.peer)
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'connect':
        this.#connect()
        break
      case 'send-open':
        this.#write(encodeOpen(this.#open()))
        break
      case 'send-keepalive':
        this.#write(keepalive)
        break
      case 'notify':
        this.#write(encodeNotification(effect.notification))
        break
      case 'close':
        this.#close()
        break
      case 'timer':
        if (effect.seconds === 0) this.#stopTimer(effect.timer)
        else if (effect.timer !== 'hold' || !this.#paused) this.#startTimer(effect.timer, effect.seconds)
        break
      case 'up':
        this.#options.listener.up(effect.peer)
        break
      case 'down':
        this.#options.listener.down(effect.reason, effect.lost)
        break
    }
  }

  #open() {
    const { config, capabilities, families = [] } = this.#options
    return {
      version: 4,
      asn: config.localAsn,
      holdTime: config.holdTime,
      bgpId: config.bgpId,
      capabilities: {
        families: [{ afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE }, ...families],
        fourOctetAsn: config.localAsn,
        extendedMessage: true as const,
        routeRefresh: true as const,
        enhancedRouteRefresh: true as const,
        // RFC 4724 §4: without a family it says that End-of-RIB and the restart of the peer are understood.
        gracefulRestart: { restarting: false, restartSeconds: 0, families: [] },
        ...capabilities,
      },
    }
  }

  #connect(): void {
    const { endpoint } = this.#options
    if (endpoint === undefined) return
    const socket = connect({ host: endpoint.host, port: endpoint.port })
    this.#use(socket)
    socket.once('connect', () => this.#happen({ kind: 'tcp-up' }))
  }

  #use(socket: Socket): void {
    this.#close()
    this.#socket = socket
    this.#messages = new MessageStream()
    this.#nodes = new NodeCache()
    socket.setNoDelay(true)
    socket.on('data', (bytes) => this.#received(socket, bytes))
    socket.on('error', (error) => this.#lost(socket, describe(error)))
    socket.on('close', () => this.#lost(socket, 'the peer closed the connection'))
  }

  /** Events of a socket that was given up already count no more. */
  #lost(socket: Socket, why: string): void {
    if (socket !== this.#socket) return
    this.#socket = undefined
    this.#happen({ kind: 'tcp-down', why })
  }

  #received(socket: Socket, bytes: Buffer): void {
    this.#messages.push(bytes)
    try {
      while (socket === this.#socket) {
        const message = this.#messages.next(this.#extended())
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

  #write(bytes: Uint8Array): void {
    if (this.#socket?.writable === true) this.#socket.write(bytes)
  }

  #close(): void {
    const socket = this.#socket
    this.#socket = undefined
    if (socket === undefined) return
    socket.removeAllListeners('data')
    if (socket.connecting) {
      // Nothing was said on it; the kernel would go on asking for minutes.
      socket.destroy()
      return
    }
    // What was written (a NOTIFICATION) still goes out; a peer that never reads, or never stops sending, does not hold us.
    socket.end()
    socket.resume()
    const timer = setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS)
    socket.once('close', () => clearTimeout(timer))
  }

  #startTimer(name: TimerName, seconds: number): void {
    this.#stopTimer(name)
    this.#timers.set(
      name,
      setTimeout(() => this.#happen({ kind: 'timer', timer: name }), seconds * 1000),
    )
  }

  #stopTimer(name: TimerName): void {
    clearTimeout(this.#timers.get(name))
    this.#timers.delete(name)
  }
}

const CLOSE_TIMEOUT_MS = 2000

function describe(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'the connection was refused: nothing listens there'
  if (error.code === 'ECONNRESET') return 'the peer reset the connection'
  if (error.code === 'ETIMEDOUT' || error.code === 'EHOSTUNREACH') return 'the peer cannot be reached'
  return error.message
}

/** RFC 4271 §6.1 to §6.3: which error a broken message is. */
function notificationFor(error: DecodeError, state: FsmState['name']): Notification {
  if (error.code === 'MARKER') return { code: 1, subcode: 1 }
  if (error.code === 'MESSAGE_LENGTH') return { code: 1, subcode: 2, data: dataOf(error) }
  if (error.code === 'MESSAGE_TYPE') return { code: 1, subcode: 3, data: dataOf(error) }
  if (state === 'open-sent' || state === 'open-confirm') return { code: 2, subcode: 0 }
  if (error.code === 'WELL_KNOWN') return { code: 3, subcode: 2 }
  // RFC 7606 §5.3: MP_REACH and MP_UNREACH that cannot be followed; else the list itself is malformed.
  return { code: 3, subcode: error.where.path?.includes('MP_') === true ? 9 : 1 }
}

function eventOf(message: RawMessage): FsmEvent {
  switch (message.type) {
    case MESSAGE.open:
      return { kind: 'open', open: decodeOpen(message) }
    case MESSAGE.update:
      return { kind: 'update' }
    case MESSAGE.notification:
      return { kind: 'notification', notification: decodeNotification(message) }
    case MESSAGE.keepalive:
      return { kind: 'keepalive' }
    default:
      return { kind: 'route-refresh' }
  }
}

function dataOf(error: DecodeError): Buffer {
  return 'data' in error && Buffer.isBuffer(error.data) ? error.data : Buffer.alloc(0)
}
