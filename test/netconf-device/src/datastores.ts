import { parseXml, type XmlElement } from '@segchain/netconf-push'
import { checkConstraints } from './constraints.js'
import { DeviceError } from './device-error.js'
import { applyEdit, type Operation } from './edit.js'
import type { Quirks } from './faults.js'
import type { ListKeys } from './list-keys.js'

export type DatastoreName = 'running' | 'candidate' | 'startup'

interface PendingCommit {
  readonly before: XmlElement
  readonly session: number
  readonly persist: string | undefined
  readonly timer: NodeJS.Timeout
}

export interface CommitRequest {
  readonly session: number
  readonly confirmed: boolean
  readonly timeoutS: number
  readonly persist: string | undefined
  readonly persistId: string | undefined
  /** Says ok and does nothing, as netconfd 2.13 at times. */
  readonly withoutEffect: boolean
  /** Answers with an error, and the timer runs. */
  readonly failsArmed?: { readonly applied: boolean }
}

/** Running, candidate, startup, their locks, and at most one confirmed commit (RFC 6241 §8.4). */
export class Datastores {
  readonly #keys: ListKeys
  readonly #stores: Record<DatastoreName, XmlElement>
  readonly #quirks: Quirks
  readonly #locks = new Map<DatastoreName, number>()
  #pending: PendingCommit | undefined
  /** How often a confirmed commit ran into its time-out or lost its session. */
  rollbacks = 0

  constructor(config: string, keys: ListKeys, quirks: Quirks = {}) {
    this.#keys = keys
    this.#quirks = quirks
    const initial = parseXml(`<config>${config}</config>`)
    this.#stores = { running: initial, candidate: initial, startup: initial }
  }

  get(name: DatastoreName): XmlElement {
    return this.#stores[name]
  }

  get confirmPending(): boolean {
    return this.#pending !== undefined
  }

  edit(name: DatastoreName, session: number, config: XmlElement, initial: Operation): void {
    this.#mayWrite(name, session)
    const edited = applyEdit(this.#stores[name], config, initial, this.#keys)
    if (name === 'running') checkConstraints(edited)
    this.#stores[name] = edited
  }

  copy(source: XmlElement, target: DatastoreName, session: number): void {
    this.#mayWrite(target, session)
    this.#stores[target] = source
  }

  validate(name: DatastoreName): void {
    checkConstraints(this.#stores[name])
    if (this.#quirks.validateConfirms === true) this.#forget()
  }

  discard(): void {
    this.#stores.candidate = this.#stores.running
  }

  commit(request: CommitRequest): void {
    this.#mayWrite('running', request.session)
    const pending = this.#pending
    if (pending?.persist !== undefined && pending.persist !== request.persistId) {
      throw new DeviceError('invalid-value', 'a confirmed commit with another persist-id is pending', {
        type: 'protocol',
      })
    }
    if (pending === undefined && request.persistId !== undefined) {
      throw new DeviceError('invalid-value', 'no confirmed commit with this persist-id is pending', {
        type: 'protocol',
      })
    }
    checkConstraints(this.#stores.candidate)
    const before = pending?.before ?? this.#stores.running
    this.#forget()
    const applied = !request.withoutEffect && request.failsArmed?.applied !== false
    if (applied) this.#stores.running = this.#stores.candidate
    if (request.confirmed) this.#arm(before, request)
    if (request.failsArmed !== undefined) throw new DeviceError('operation-failed', 'a daemon did not answer')
  }

  #arm(before: XmlElement, request: CommitRequest): void {
    const timer = setTimeout(() => this.#rollBack(), request.timeoutS * 1000)
    timer.unref()
    this.#pending = { before, session: request.session, persist: request.persist, timer }
  }

  cancelCommit(session: number, persistId: string | undefined): void {
    const pending = this.#pending
    if (pending === undefined)
      throw new DeviceError('operation-failed', 'no confirmed commit is pending', { type: 'protocol' })
    if (pending.persist !== persistId || (persistId === undefined && pending.session !== session)) {
      throw new DeviceError('invalid-value', 'the pending confirmed commit is another one', { type: 'protocol' })
    }
    this.#rollBack()
  }

  lock(name: DatastoreName, session: number): void {
    const holder = this.#locks.get(name)
    const foreign =
      this.#quirks.timerOutlivesSession !== true &&
      this.#pending !== undefined &&
      this.#pending.persist === undefined &&
      this.#pending.session !== session
    if (holder !== undefined || foreign) throw lockDenied(holder ?? this.#pending?.session ?? 0)
    if (name === 'candidate' && this.#stores.candidate !== this.#stores.running) throw lockDenied(0)
    this.#locks.set(name, session)
  }

  unlock(name: DatastoreName, session: number): void {
    if (this.#locks.get(name) !== session) {
      throw new DeviceError('operation-failed', `the lock of ${name} is not yours`, { type: 'protocol' })
    }
    this.#locks.delete(name)
    if (name === 'candidate') this.discard()
  }

  /** A session has ended: its locks go, and a confirmed commit without persist is undone. */
  release(session: number): void {
    for (const [name, holder] of [...this.#locks]) if (holder === session) this.unlock(name, session)
    if (this.#quirks.timerOutlivesSession === true) return
    if (this.#pending?.session === session && this.#pending.persist === undefined) this.#rollBack()
  }

  dispose(): void {
    this.#forget()
  }

  #rollBack(): void {
    const pending = this.#pending
    if (pending === undefined) return
    this.#stores.running = pending.before
    this.#stores.candidate = pending.before
    this.rollbacks++
    this.#forget()
  }

  #forget(): void {
    clearTimeout(this.#pending?.timer)
    this.#pending = undefined
  }

  #mayWrite(name: DatastoreName, session: number): void {
    const holder = this.#locks.get(name)
    if (holder === undefined || holder === session) return
    throw new DeviceError('in-use', `${name} is locked by session ${holder}`, { type: 'protocol' })
  }
}

function lockDenied(holder: number): DeviceError {
  return new DeviceError('lock-denied', 'the lock is held by another', {
    type: 'protocol',
    info: `<session-id>${holder}</session-id>`,
  })
}
