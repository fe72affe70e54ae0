import type { Duplex } from 'node:stream'
import { SegchainError } from '@segchain/records'
import type { XmlElement } from '../xml/index.js'
import type { Capabilities } from './capabilities.js'
import type { ServerHello } from './hello.js'
import { NETCONF_BASE } from './namespaces.js'
import { isDone, type RpcError, RpcRejection, rpcErrorsOf } from './rpc-error.js'
import { Wire, type WireOptions } from './wire.js'

export interface SessionOptions extends WireOptions {
  readonly helloTimeoutMs: number
  readonly rpcTimeoutMs: number
  /** Told of errors of severity `warning`; they do not fail the operation (RFC 6241 §4.3). */
  readonly onWarning?: (operation: string, warning: RpcError) => void
  /** Send a request only when the one before it is answered, for devices that cannot take more. */
  readonly oneAtATime?: boolean
}

/** A NETCONF session over any byte stream. Requests may be sent before earlier ones are answered. */
export class NetconfSession {
  readonly capabilities: Capabilities
  readonly sessionId: string
  readonly #wire: Wire
  readonly #options: SessionOptions
  #nextId = 1
  /** The last request, where one must wait for the other. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(wire: Wire, hello: ServerHello, options: SessionOptions) {
    this.#wire = wire
    this.#options = options
    this.capabilities = hello.capabilities
    this.sessionId = hello.sessionId
  }

  /** @throws {SegchainError} `connect` when the peer goes or is silent, `data` when it speaks no NETCONF. */
  static async open(stream: Duplex, options: SessionOptions): Promise<NetconfSession> {
    const wire = new Wire(stream, options)
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
    const message = `<?xml version="1.0" encoding="UTF-8"?><rpc xmlns="${NETCONF_BASE}" message-id="${id}">${content}</rpc>`
    const reply = await this.#send(id, operation, message, timeoutMs)
    const errors = rpcErrorsOf(reply)
    const fatal = errors.filter((error) => error.severity === 'error')
    if (fatal.length > 0) throw new RpcRejection(operation, fatal)
    for (const warning of errors) this.warn(operation, warning)
    return reply
  }

  /** Tells the operator what went on without harm. */
  warn(operation: string, warning: RpcError): void {
    this.#options.onWarning?.(operation, warning)
  }

  #send(id: string, operation: string, message: string, timeoutMs: number): Promise<XmlElement> {
    const send = (): Promise<XmlElement> => this.#wire.request(id, operation, message, timeoutMs)
    if (this.#options.oneAtATime !== true) return send()
    const sent = this.#last.then(send, send)
    this.#last = sent
    return sent
  }

  /** An operation whose answer must be `<ok/>`, warnings, or Junos's results: anything else has not been done. */
  async ok(operation: string, content: string, timeoutMs?: number): Promise<void> {
    const reply = await this.rpc(operation, content, timeoutMs)
    if (isDone(reply)) return
    const first = reply.children[0]
    throw new SegchainError({
      category: 'data',
      code: 'REPLY_WITHOUT_OK',
      message: `the answer to ${operation} is neither ok nor an error: ${first === undefined ? 'nothing' : `<${first.name}>`}`,
    })
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
