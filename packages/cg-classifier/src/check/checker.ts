import { type ReportRecord, SegchainError } from '@segchain/records'
import { RecentMap } from '../memory/recent-map.js'
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

/** Senders kept, 8 kB each: forged addresses must not fill the memory. */
const MAX_SENDERS = 10_000

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
  readonly #senders: RecentMap<Sender>

  constructor(options: CheckOptions = {}) {
    this.#options = options
    this.#allowed = options.senders === undefined ? undefined : new Set(options.senders)
    // The bucket of a new sender is full whatever the clock says.
    const make = () => ({ replay: new ReplayWindow(), tokens: 0, last: Number.NEGATIVE_INFINITY })
    this.#senders = new RecentMap(MAX_SENDERS, make)
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
    const sender = this.#senders.of(name)
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

  #drop(reason: DropReason): DropReason {
    this.counts[reason]++
    return reason
  }
}
