import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import {
  attributeOf,
  childOf,
  escapeAttribute,
  escapeText,
  frame,
  MessageReader,
  NETCONF_BASE,
  serializeXml,
  tag,
  textOf,
  type XmlElement,
} from '@segchain/netconf-push'
import type { DatastoreName, Datastores } from './datastores.js'
import { DeviceError } from './device-error.js'
import type { Operation } from './edit.js'
import type { Fault } from './faults.js'
import { applyFilter } from './filter.js'

export interface SessionContext {
  readonly id: number
  readonly capabilities: readonly string[]
  readonly stores: Datastores
  readonly faultFor: (operation: string) => Fault | undefined
  readonly commitResults: boolean
  /** Of every operation, for tests that look at the order. */
  readonly onOperation: (operation: string) => void
}

const BASE_11 = 'urn:ietf:params:netconf:base:1.1'

/** The server's side of one session. */
export class ServerSession {
  readonly #stream: Duplex
  readonly #context: SessionContext
  readonly #reader: MessageReader
  #chunked = false
  #greeted = false
  /** Answers leave in the order of the questions (RFC 6241 §4.2), delays or not. */
  #queue: Promise<void> = Promise.resolve()
  #gone = false

  constructor(stream: Duplex, context: SessionContext) {
    this.#stream = stream
    this.#context = context
    this.#reader = new MessageReader((message) => this.#onMessage(message))
    stream.on('data', (bytes: Buffer) => {
      try {
        this.#reader.push(bytes)
      } catch {
        stream.destroy()
      }
    })
    stream.on('error', () => undefined)
    stream.on('close', () => this.leave())
    void this.#greet()
  }

  /** The client is gone: its locks are free, and what it had asked for and not got is not done any more. */
  leave(): void {
    if (this.#gone) return
    this.#gone = true
    this.#context.stores.release(this.#context.id)
  }

  async #greet(): Promise<void> {
    const list = this.#context.capabilities.map((uri) => tag('capability', {}, escapeText(uri))).join('')
    const content = `${tag('capabilities', {}, list)}${tag('session-id', {}, String(this.#context.id))}`
    const fault = this.#context.faultFor('hello')
    if (fault?.kind === 'delay') await sleep(fault.ms)
    if (fault?.kind === 'drop') this.#stream.destroy()
    else
      this.#stream.write(
        frame(fault?.kind === 'reply' ? fault.text : tag('hello', { xmlns: NETCONF_BASE }, content), '1.0'),
      )
  }

  #onMessage(message: XmlElement): void {
    if (!this.#greeted) {
      this.#greeted = true
      const theirs = childOf(message, 'capabilities')?.children.map((item) => item.text.trim()) ?? []
      this.#chunked = theirs.includes(BASE_11) && this.#context.capabilities.includes(BASE_11)
      if (this.#chunked) this.#reader.use('1.1')
      return
    }
    this.#queue = this.#queue.then(() => this.#answer(message))
  }

  async #answer(message: XmlElement): Promise<void> {
    const operation = message.children[0]
    if (operation === undefined || this.#gone) return
    this.#context.onOperation(operation.name)
    const fault = this.#context.faultFor(operation.name)
    if (fault?.kind === 'delay' && fault.when === undefined) {
      await sleep(fault.ms)
      if (this.#gone) return
    }
    if (fault?.kind === 'drop' && fault.when === 'before') {
      this.#stream.destroy()
      return
    }
    const content = this.#perform(operation, fault)
    if (fault?.kind === 'delay' && fault.when === 'after') await sleep(fault.ms)
    if (fault?.kind === 'drop') {
      this.#stream.destroy()
      return
    }
    if (fault?.kind === 'endless') return this.#sendForEver(fault.head, fault.piece, message)
    this.#send(fault?.kind === 'reply' ? withId(fault.text, message) : reply(message, content, fault))
    if (operation.name === 'close-session') this.#stream.end()
  }

  #perform(operation: XmlElement, fault: Fault | undefined): string {
    try {
      if (fault?.kind === 'error') throw new DeviceError(fault.tag, fault.message)
      if (fault?.kind === 'ok-without-effect' && operation.name !== 'commit') return '<ok/>'
      return this.#do(operation, fault)
    } catch (error) {
      if (error instanceof DeviceError) return error.toXml()
      throw error
    }
  }

  #do(operation: XmlElement, fault: Fault | undefined): string {
    const { stores, id } = this.#context
    switch (operation.name) {
      case 'get':
      case 'get-config': {
        const source = stores.get(operation.name === 'get' ? 'running' : this.#datastore(operation, 'source'))
        const filter = childOf(operation, 'filter')
        const data = filter === undefined ? source : applyFilter(source, filter)
        const content = data.children.map((child) => serializeXml(child)).join('')
        return `<data>${fault?.kind === 'huge' ? padding(fault.bytes) : ''}${content}</data>`
      }
      case 'edit-config': {
        const config = childOf(operation, 'config')
        if (config === undefined)
          throw new DeviceError('missing-element', 'edit-config without config', { type: 'protocol' })
        const initial = (textOf(operation, 'default-operation') ?? 'merge') as Operation
        stores.edit(this.#datastore(operation, 'target'), id, config, initial)
        break
      }
      case 'copy-config':
        stores.copy(stores.get(this.#datastore(operation, 'source')), this.#datastore(operation, 'target'), id)
        break
      case 'lock':
        stores.lock(this.#datastore(operation, 'target'), id)
        break
      case 'unlock':
        stores.unlock(this.#datastore(operation, 'target'), id)
        break
      case 'validate':
        stores.validate(this.#datastore(operation, 'source'))
        break
      case 'discard-changes':
        stores.discard()
        break
      case 'commit':
        stores.commit({
          session: id,
          confirmed: childOf(operation, 'confirmed') !== undefined,
          timeoutS: Number(textOf(operation, 'confirm-timeout') ?? 600),
          persist: textOf(operation, 'persist'),
          persistId: textOf(operation, 'persist-id'),
          withoutEffect: fault?.kind === 'ok-without-effect',
          ...(fault?.kind === 'fails-armed' ? { failsArmed: fault } : {}),
        })
        if (this.#context.commitResults) return COMMIT_RESULTS
        break
      case 'cancel-commit':
        stores.cancelCommit(id, textOf(operation, 'persist-id'))
        break
      case 'close-session':
        break
      default:
        throw new DeviceError('operation-not-supported', `there is no ${operation.name} here`, { type: 'protocol' })
    }
    return '<ok/>'
  }

  #datastore(operation: XmlElement, role: 'source' | 'target'): DatastoreName {
    const name = childOf(operation, role)?.children[0]?.name
    const has = (feature: string): boolean =>
      this.#context.capabilities.some((uri) => uri.includes(`:capability:${feature}:`))
    if (name === 'running' || (name === 'candidate' && has('candidate')) || (name === 'startup' && has('startup')))
      return name
    throw new DeviceError('invalid-value', `there is no datastore ${name ?? '(none)'}`, { type: 'protocol' })
  }

  async #sendForEver(head: string, piece: string, message: XmlElement): Promise<void> {
    const chunk = (text: string): Buffer => Buffer.from(`\n#${Buffer.byteLength(text)}\n${text}`)
    this.#stream.write(chunk(withId(head, message)))
    const bytes = chunk(piece)
    while (!this.#gone && !this.#stream.destroyed) {
      if (!this.#stream.write(bytes)) await Promise.race([once(this.#stream, 'drain'), sleep(50)])
    }
  }

  #send(message: string): void {
    if (!this.#stream.destroyed) this.#stream.write(frame(message, this.#chunked ? '1.1' : '1.0'))
  }
}

function reply(message: XmlElement, content: string, fault: Fault | undefined): string {
  const id = attributeOf(message, 'message-id') ?? ''
  const messageId = fault?.kind === 'wrong-message-id' ? `${id}000` : id
  return `<rpc-reply xmlns="${NETCONF_BASE}" message-id="${escapeAttribute(messageId)}">${content}</rpc-reply>`
}

function withId(text: string, message: XmlElement): string {
  return text.replaceAll('{id}', attributeOf(message, 'message-id') ?? '')
}

/** As Junos has it: warnings inside of results, and no ok beside them. */
const COMMIT_RESULTS =
  '<commit-results><rpc-error><error-type>application</error-type><error-tag>operation-failed</error-tag>' +
  '<error-severity>warning</error-severity><error-message>statement has no contents; ignored</error-message>' +
  '</rpc-error></commit-results>'

function padding(bytes: number): string {
  return `<padding xmlns="urn:segchain:test">${'0123456789abcdef'.repeat(Math.ceil(bytes / 16))}</padding>`
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
