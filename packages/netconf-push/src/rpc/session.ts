import type { Duplex } from 'node:stream'
import { SegchainError, toSegchainError } from '@segchain/records'
import { type Framing, frame } from '../framing/index.js'
import { childOf, tag, type XmlElement, type XmlLimits } from '../xml/index.js'
import type { Capabilities } from './capabilities.js'
import { clientHello, readHello } from './hello.js'
import { MessageReader } from './message-reader.js'
import { NETCONF_BASE } from './namespaces.js'
import { messageIdOf, type RpcError, rejection, rpcErrorsOf } from './rpc-error.js'

export interface SessionOptions {
  readonly helloTimeoutMs: number
  readonly rpcTimeoutMs: number
  readonly limits?: XmlLimits
  /** Told of errors of severity `warning`; they do not fail the operation (RFC 6241 §4.3). */
  readonly onWarning?: (operation: string, warning: RpcError) => void
}

interface Pending {
  readonly operation: string
  readonly resolve: (reply: XmlElement) => void
  readonly reject: (error: SegchainError) => void
  readonly timer: NodeJS.Timeout
}

/** A NETCONF session over any byte stream. Requests may be sent before earlier ones are answered. */
export class NetconfSession {
  readonly capabilities: Capabilities
  readonly sessionId: string
  readonly #wire: Wire
  readonly #options: SessionOptions
  readonly #framing: Framing
  #nextId = 1

  private constructor(wire: Wire, hello: ReturnType<typeof readHello>, options: SessionOptions) {
    this.#wire = wire
    this.#options = options
    this.capabilities = hello.capabilities
    this.sessionId = hello.sessionId
    this.#framing = hello.capabilities.chunked ? '1.1' : '1.0'
  }

  /** @throws {SegchainError} `connect` when the peer goes or is silent, `data` when it speaks no NETCONF. */
  static async open(stream: Duplex, options: SessionOptions): Promise<NetconfSession> {
    const wire = new Wire(stream, options.limits)
    try {
      return new NetconfSession(wire, await wire.hello(options.helloTimeoutMs), options)
    } catch (error) {
      stream.destroy()
      throw error
    }
  }

  /**
   * Sends `<rpc>` around the operation (serialised XML, in the base namespace by default).
   *
   * @returns the rpc-reply, which has no rpc-error of severity `error`.
   * @throws {SegchainError} what the device said, or `connect` when it is gone or late.
   */
  async rpc(operation: string, content: string, timeoutMs = this.#options.rpcTimeoutMs): Promise<XmlElement> {
    const id = String(this.#nextId++)
    const message = `<?xml version="1.0" encoding="UTF-8"?>${tag('rpc', { xmlns: NETCONF_BASE, 'message-id': id }, content)}`
    const reply = await this.#wire.request(id, operation, frame(message, this.#framing), timeoutMs)
    const errors = rpcErrorsOf(reply)
    const fatal = errors.filter((error) => error.severity === 'error')
    if (fatal.length > 0) throw rejection(operation, fatal)
    for (const warning of errors) this.#options.onWarning?.(operation, warning)
    return reply
  }

  /** An operation whose answer must be `<ok/>`: anything else has not been done. */
  async ok(operation: string, content: string, timeoutMs?: number): Promise<void> {
    const reply = await this.rpc(operation, content, timeoutMs)
    if (childOf(reply, 'ok', NETCONF_BASE) === undefined) {
      // Junos answers commit with a <commit-results> of warnings before or instead of <ok/>.
      const first = reply.children[0]
      if (first?.name === 'commit-results') return
      throw new SegchainError({
        category: 'data',
        code: 'REPLY_WITHOUT_OK',
        message: `the answer to ${operation} is neither ok nor an error: ${first === undefined ? 'nothing' : `<${first.name}>`}`,
      })
    }
  }

  /** Ends the session in good order, within a second or two; never throws. */
  async close(): Promise<void> {
    if (!this.#wire.broken) await this.rpc('close-session', '<close-session/>', 2000).catch(() => undefined)
    this.#wire.destroy()
  }

  /** Breaks the session off: for clean-up after errors and signals. */
  destroy(): void {
    this.#wire.destroy()
  }

  /** Resolves when the session has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#wire.ended
  }
}

/** The stream with its reader: matches replies to requests, and fails them all when it breaks. */
class Wire {
  readonly #stream: Duplex
  readonly #reader: MessageReader
  readonly #pending = new Map<string, Pending>()
  #onHello: ((message: XmlElement) => void) | undefined
  #failHello: ((error: SegchainError) => void) | undefined
  #failure: SegchainError | undefined
  readonly ended: Promise<void>

  constructor(stream: Duplex, limits: XmlLimits | undefined) {
    this.#stream = stream
    this.#reader = new MessageReader((message) => this.#onMessage(message), limits)
    stream.on('data', (bytes: Buffer) => {
      if (this.#failure !== undefined) return
      try {
        this.#reader.push(bytes)
      } catch (error) {
        this.#fail(toSegchainError(error))
      }
    })
    stream.on('error', (cause) => this.#fail(gone(cause)))
    stream.on('end', () => this.#fail(gone()))
    this.ended = new Promise((resolve) => {
      stream.on('close', () => {
        this.#fail(gone())
        resolve()
      })
    })
  }

  get broken(): boolean {
    return this.#failure !== undefined
  }

  hello(timeoutMs: number): Promise<ReturnType<typeof readHello>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(late('hello', timeoutMs)), timeoutMs)
      this.#failHello = (error) => {
        clearTimeout(timer)
        reject(error)
      }
      this.#onHello = (message) => {
        clearTimeout(timer)
        const hello = readHello(message)
        if (hello.capabilities.chunked) this.#reader.use('1.1')
        this.#onHello = undefined
        this.#failHello = undefined
        resolve(hello)
      }
      if (this.#failure !== undefined) this.#failHello(this.#failure)
      else this.#stream.write(frame(clientHello(), '1.0'))
    })
  }

  request(id: string, operation: string, bytes: Buffer, timeoutMs: number): Promise<XmlElement> {
    if (this.#failure !== undefined) return Promise.reject(during(operation, this.#failure))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(late(operation, timeoutMs)), timeoutMs)
      this.#pending.set(id, { operation, resolve, reject, timer })
      this.#stream.write(bytes)
    })
  }

  destroy(): void {
    this.#fail(new SegchainError({ category: 'connect', code: 'SESSION_CLOSED', message: 'the session was closed' }))
  }

  #onMessage(message: XmlElement): void {
    if (this.#onHello !== undefined) {
      this.#onHello(message)
      return
    }
    if (message.name === 'notification') return
    if (message.name !== 'rpc-reply' || message.namespace !== NETCONF_BASE) {
      throw protocolError(`the device sent <${message.name}> where a reply was due`)
    }
    const id = messageIdOf(message)
    const pending = id === undefined ? this.#onlyPending(message) : this.#pending.get(id)
    if (pending === undefined) {
      throw protocolError(
        `the device answered message ${id ?? '(without an id)'}, and asked were ${[...this.#pending.keys()].join(', ') || 'none'}`,
      )
    }
    for (const [key, value] of this.#pending) if (value === pending) this.#pending.delete(key)
    clearTimeout(pending.timer)
    pending.resolve(message)
  }

  /** RFC 6241 §4.3: a server that could not read our message-id answers without one: it is an error. */
  #onlyPending(message: XmlElement): Pending | undefined {
    if (rpcErrorsOf(message).length === 0 || this.#pending.size !== 1) return undefined
    return this.#pending.values().next().value
  }

  #fail(error: SegchainError): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    this.#failHello?.(error)
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer)
      pending.reject(during(pending.operation, error))
    }
    this.#pending.clear()
    this.#stream.destroy()
  }
}

function gone(cause?: unknown): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'CONNECTION_LOST',
    message: 'the device closed the connection',
    ...(cause === undefined ? {} : { cause }),
  })
}

function late(operation: string, timeoutMs: number): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'TIMEOUT',
    message: `no answer to ${operation} within ${timeoutMs / 1000} s`,
    hint: 'the device is slow or gone: look at its load, or raise the time-out',
  })
}

function protocolError(message: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PROTOCOL',
    message,
    hint: 'the session cannot be trusted any more and was closed',
  })
}

/** The same failure, told by the operation that it hit. */
function during(operation: string, error: SegchainError): SegchainError {
  return new SegchainError({
    category: error.category,
    code: error.code,
    message: `${error.message} (during ${operation})`,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    where: error.where,
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  })
}
