import { type ReportRecord, SegchainError } from '@segchain/records'
import { checkRange, fromWire } from '../report/wire.js'
import { ReplayWindow } from './replay-window.js'

export type DropReason = 'sender' | 'format' | 'range' | 'replay' | 'flood'

export interface CheckOptions {
  /** Addresses that may send; everybody without it. */
  readonly senders?: readonly string[]
  /** Reports a second that one sender may send, with one second of it at once; unlimited without it. */
  readonly maxRate?: number
}

interface Sender {
  readonly replay: ReplayWindow
  tokens: number
  last: number
}

/** Senders kept; beyond it the one that was silent longest is forgotten. */
const MAX_SENDERS = 100_000

/** Validates reports, counts what it drops. Time comes in as a value. */
export class Checker {
  readonly counts: Record<'passed' | DropReason, number> = {
    passed: 0,
    sender: 0,
    format: 0,
    range: 0,
    replay: 0,
    flood: 0,
  }
  readonly #options: CheckOptions
  readonly #allowed: ReadonlySet<string> | undefined
  readonly #senders = new Map<string, Sender>()

  constructor(options: CheckOptions = {}) {
    this.#options = options
    this.#allowed = options.senders === undefined ? undefined : new Set(options.senders)
  }

  /**
   * One report as text of a datagram.
   * @param now s, of any clock that does not go back. @returns the report, or why it was dropped.
   */
  datagram(text: string, sender: string, now: number): ReportRecord | DropReason {
    if (this.#allowed?.has(sender) === false) return this.#drop('sender')
    let report: ReportRecord
    try {
      report = fromWire(JSON.parse(text))
    } catch (error) {
      return this.#drop(error instanceof SegchainError && error.code === 'REPORT_RANGE' ? 'range' : 'format')
    }
    return this.#admit(report, sender, now)
  }

  /** One record of a stream. */
  record(report: ReportRecord, sender: string, now: number): ReportRecord | DropReason {
    try {
      checkRange(report.forward, '/forward')
      checkRange(report.backward, '/backward')
    } catch {
      return this.#drop('range')
    }
    return this.#admit(report, sender, now)
  }

  #admit(report: ReportRecord, name: string, now: number): ReportRecord | DropReason {
    const sender = this.#senderOf(name, now)
    const { maxRate } = this.#options
    if (maxRate !== undefined) {
      sender.tokens = Math.min(maxRate, sender.tokens + (now - sender.last) * maxRate)
      sender.last = now
      if (sender.tokens < 1) return this.#drop('flood')
      sender.tokens--
    }
    if (report.sequence !== undefined && !sender.replay.accept(report.sequence, now)) return this.#drop('replay')
    this.counts.passed++
    return report
  }

  #senderOf(name: string, now: number): Sender {
    let sender = this.#senders.get(name)
    if (sender === undefined) {
      if (this.#senders.size >= MAX_SENDERS) {
        const [oldest] = this.#senders.keys()
        if (oldest !== undefined) this.#senders.delete(oldest)
      }
      sender = { replay: new ReplayWindow(), tokens: this.#options.maxRate ?? 0, last: now }
      this.#senders.set(name, sender)
    }
    return sender
  }

  #drop(reason: DropReason): DropReason {
    this.counts[reason]++
    return reason
  }
}
