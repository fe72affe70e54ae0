import type { Duplex } from 'node:stream'
import { type SegchainError, toSegchainError } from '@segchain/records'
import { type Framing, frame } from '../framing/index.js'
import type { XmlElement, XmlLimits } from '../xml/index.js'
import { clientHello, readHello, type ServerHello } from './hello.js'
import { MessageReader } from './message-reader.js'
import { isBase } from './namespaces.js'
import { Requests } from './requests.js'
import { messageIdOf, rpcErrorsOf } from './rpc-error.js'
import { closed, during, gone, insteadOfHello, late, protocolError } from './session-error.js'

export interface WireOptions {
  readonly limits?: XmlLimits
  /** Why the connection below went, where it knows. */
  readonly whyGone?: () => string | undefined
}

/** The stream with its reader: matches replies to requests, and fails them all when it breaks. */
export class Wire {
  readonly #stream: Duplex
  readonly #reader: MessageReader
  readonly #requests = new Requests((error) => this.#fail(error))
  readonly #whyGone: () => string | undefined
  #outbox: Buffer[] = []
  #framing: Framing = '1.0'
  #onHello: ((message: XmlElement) => void) | undefined
  #failHello: ((error: SegchainError) => void) | undefined
  #failure: SegchainError | undefined
  readonly ended: Promise<void>

  constructor(stream: Duplex, options: WireOptions) {
    this.#stream = stream
    this.#whyGone = options.whyGone ?? (() => undefined)
    this.#reader = new MessageReader((message) => this.#onMessage(message), options.limits)
    stream.on('data', (bytes: Buffer) => this.#onBytes(bytes))
    stream.on('error', (cause) => this.#fail(gone(this.#whyGone(), cause)))
    stream.on('end', () => this.#fail(gone(this.#whyGone())))
    this.ended = new Promise((resolve) => {
      stream.on('close', () => {
        this.#fail(gone(this.#whyGone()))
        resolve()
      })
    })
  }

  get broken(): boolean {
    return this.#failure !== undefined
  }

  hello(timeoutMs: number): Promise<ServerHello> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(late('hello', timeoutMs)), timeoutMs)
      this.#failHello = (error) => {
        clearTimeout(timer)
        reject(insteadOfHello(error, this.#reader.before))
      }
      this.#onHello = (message) => {
        clearTimeout(timer)
        const hello = readHello(message)
        if (hello.capabilities.chunked) {
          this.#framing = '1.1'
          this.#reader.use('1.1')
        }
        this.#onHello = undefined
        this.#failHello = undefined
        resolve(hello)
      }
      if (this.#failure !== undefined) this.#failHello(this.#failure)
      else this.#stream.write(frame(clientHello(), '1.0'))
    })
  }

  /** Requests of one turn of the event loop leave together, in one packet of SSH where they fit. */
  request(id: string, operation: string, message: string, timeoutMs: number): Promise<XmlElement> {
    if (this.#failure !== undefined) return Promise.reject(during(operation, this.#failure))
    this.#outbox.push(frame(message, this.#framing))
    if (this.#outbox.length === 1) queueMicrotask(() => this.#flush())
    return this.#requests.add(id, operation, timeoutMs)
  }

  destroy(): void {
    this.#fail(closed())
  }

  #flush(): void {
    const parts = this.#outbox
    this.#outbox = []
    if (this.#failure === undefined) this.#stream.write(parts.length === 1 ? parts[0] : Buffer.concat(parts))
  }

  #onBytes(bytes: Buffer): void {
    if (this.#failure !== undefined) return
    try {
      this.#reader.push(bytes)
    } catch (error) {
      this.#fail(toSegchainError(error))
    }
  }

  #onMessage(message: XmlElement): void {
    if (this.#onHello !== undefined) {
      this.#onHello(message)
      return
    }
    if (message.name === 'notification') return
    if (message.name !== 'rpc-reply' || !isBase(message.namespace)) {
      throw protocolError(`the device sent <${message.name}> where a reply was due`)
    }
    const id = messageIdOf(message) ?? this.#withoutId(message)
    if (id !== undefined && this.#requests.answer(id, message)) return
    throw protocolError(
      `the device answered message ${id ?? '(without an id)'}, and asked were ${this.#requests.ids || 'none'}`,
    )
  }

  /** RFC 6241 §4.3: a server that could not read our message-id answers without one: it is an error. */
  #withoutId(message: XmlElement): string | undefined {
    return rpcErrorsOf(message).length === 0 ? undefined : this.#requests.only
  }

  #fail(error: SegchainError): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    this.#failHello?.(error)
    this.#requests.failAll(error)
    this.#stream.destroy()
  }
}
