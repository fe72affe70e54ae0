import { connect, type Socket } from 'node:net'
import type { RawMessage } from '../codec/bgp/message.js'
import type { Endpoint } from './endpoint.js'
import { MessageStream } from './message-stream.js'
import { closeGently, roomIn, whyLost } from './peer-socket.js'

/** What the owner of a connection hears of it. */
export interface ConnectionListener {
  connected(): void
  /** Bytes are there: {@link PeerConnection.next} may have messages. */
  received(): void
  lost(why: string): void
}

/** The TCP connection of a session, one after the other; events of one that was given up count no more. */
export class PeerConnection {
  readonly #listener: ConnectionListener
  #socket: Socket | undefined
  #messages = new MessageStream()
  /** Settles when the socket takes more; absent while it does. */
  #room: Promise<void> | undefined

  constructor(listener: ConnectionListener) {
    this.#listener = listener
  }

  get remoteAddress(): string {
    return this.#socket?.remoteAddress ?? ''
  }

  get localAddress(): string {
    return this.#socket?.localAddress ?? ''
  }

  /** Bytes that the peer has left no room for yet. */
  get unsent(): number {
    return this.#socket?.writableLength ?? 0
  }

  connect({ host, port }: Endpoint): void {
    const socket = connect({ host, port })
    this.use(socket)
    socket.once('connect', () => this.#listener.connected())
  }

  use(socket: Socket): void {
    this.close()
    this.#socket = socket
    this.#messages = new MessageStream()
    socket.setNoDelay(true)
    socket.on('data', (bytes) => {
      if (socket !== this.#socket) return
      this.#messages.push(bytes)
      this.#listener.received()
    })
    socket.on('error', (error) => this.#lost(socket, whyLost(error)))
    socket.on('close', () => this.#lost(socket, 'the peer closed the connection'))
  }

  /** The next whole message. @throws {DecodeError} when what comes is none. */
  next(extended: boolean): RawMessage | undefined {
    return this.#socket === undefined ? undefined : this.#messages.next(extended)
  }

  write(bytes: Uint8Array): void {
    if (this.#socket?.writable === true) this.#socket.write(bytes)
  }

  /** Sends a whole message. Resolves when there is room for more, or nobody to send to. */
  async send(message: Uint8Array): Promise<void> {
    const socket = this.#socket
    if (socket === undefined || socket.destroyed || socket.write(message)) return
    // One for all that wait: a listener each would be a leak where nobody reads.
    this.#room ??= roomIn(socket).then(() => {
      this.#room = undefined
    })
    await this.#room
  }

  pause(): void {
    this.#socket?.pause()
  }

  resume(): void {
    this.#socket?.resume()
  }

  /** In good order: what was written still goes out. */
  close(): void {
    const socket = this.#socket
    this.#socket = undefined
    if (socket !== undefined) closeGently(socket)
  }

  /** At once. */
  destroy(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
  }

  #lost(socket: Socket, why: string): void {
    if (socket !== this.#socket) return
    this.#socket = undefined
    this.#listener.lost(why)
  }
}
