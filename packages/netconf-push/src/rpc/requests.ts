import type { SegchainError } from '@segchain/records'
import type { XmlElement } from '../xml/index.js'
import { during, late } from './session-error.js'

interface Request {
  readonly id: string
  readonly operation: string
  readonly timeoutMs: number
  readonly resolve: (reply: XmlElement) => void
  readonly reject: (error: SegchainError) => void
}

/**
 * The requests that wait for an answer. A server works on them one after the other and answers in their
 * order (RFC 6241 §4.5), so time runs for the oldest only: one that was sent behind a slow one is not late
 * because of it.
 */
export class Requests {
  readonly #waiting = new Map<string, Request>()
  readonly #onLate: (error: SegchainError) => void
  #timer: NodeJS.Timeout | undefined

  constructor(onLate: (error: SegchainError) => void) {
    this.#onLate = onLate
  }

  get size(): number {
    return this.#waiting.size
  }

  get ids(): string {
    return [...this.#waiting.keys()].join(', ')
  }

  add(id: string, operation: string, timeoutMs: number): Promise<XmlElement> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { id, operation, timeoutMs, resolve, reject })
      if (this.#waiting.size === 1) this.#watchOldest()
    })
  }

  /** @returns false when nothing with this id was asked. */
  answer(id: string, reply: XmlElement): boolean {
    const request = this.#waiting.get(id)
    if (request === undefined) return false
    this.#waiting.delete(id)
    this.#watchOldest()
    request.resolve(reply)
    return true
  }

  /** The id of the only one that waits. */
  get only(): string | undefined {
    return this.#waiting.size === 1 ? this.#waiting.keys().next().value : undefined
  }

  failAll(error: SegchainError): void {
    clearTimeout(this.#timer)
    for (const request of this.#waiting.values()) request.reject(during(request.operation, error))
    this.#waiting.clear()
  }

  #watchOldest(): void {
    clearTimeout(this.#timer)
    const oldest: Request | undefined = this.#waiting.values().next().value
    if (oldest === undefined) return
    this.#timer = setTimeout(() => this.#onLate(late(oldest.operation, oldest.timeoutMs)), oldest.timeoutMs)
  }
}
