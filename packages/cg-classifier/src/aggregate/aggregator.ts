import type { ClassificationRecord, VerdictRecord, Withdraw } from '@segchain/records'
import { sessionOf, UDP } from '../features/session-key.js'
import { addWindow, confidenceOf, type Evidence, type SessionRule, UNDECIDED } from './session-rule.js'

/** What is kept of a session; also the line of the state file. */
export interface SessionState {
  readonly ends: Pick<
    VerdictRecord,
    'sourceAddress' | 'sourcePort' | 'destinationAddress' | 'destinationPort' | 'protocol' | 'sessionId'
  >
  evidence: Evidence
  windows: number
  windowsOfClass: number
  /** s, of the clock of the aggregator. */
  last: number
}

export interface AggregatorOptions {
  readonly rule: SessionRule
  /** A session without windows for so long, s, is over. */
  readonly idleSeconds: number
  /** Sessions kept; beyond it the one that was silent longest goes, as if it were idle. */
  readonly maxSessions?: number
  /** The name of this micro-service, for its verdicts. */
  readonly service?: string
}

/** 500 bytes each: forged flows must not fill the memory. */
const MAX_SESSIONS = 200_000

/** Decides per session. Time comes in as a value. */
export class Aggregator {
  readonly #options: AggregatorOptions
  /** In the order of their last window. */
  readonly #sessions = new Map<string, SessionState>()

  constructor(options: AggregatorOptions) {
    this.#options = options
  }

  /** @returns what has changed: sessions that are over, then a verdict. @param now s. */
  add(record: ClassificationRecord, now: number): (VerdictRecord | Withdraw)[] {
    const changes: (VerdictRecord | Withdraw)[] = this.expire(now)
    const key = sessionOf(record)
    const session = this.#sessions.get(key) ?? newSession(record, now)
    this.#sessions.delete(key)
    this.#sessions.set(key, session)
    const before = session.evidence.decided
    const ofClass = record.class === 'cloud-gaming'
    session.evidence = addWindow(this.#options.rule, session.evidence, ofClass)
    session.windows++
    session.windowsOfClass += Number(ofClass)
    session.last = Math.max(session.last, now)
    if (this.#sessions.size > (this.#options.maxSessions ?? MAX_SESSIONS)) changes.push(...this.#dropOldest())
    const { decided } = session.evidence
    if (decided === undefined || decided === before) return changes
    return [...changes, { ...this.#verdict(key, session, decided), ...timeOf(record.windowStartNs) }]
  }

  /** The sessions that have been idle: a verdict that was given is withdrawn. */
  expire(now: number): Withdraw[] {
    const gone: Withdraw[] = []
    for (const session of this.#sessions.values()) {
      if (now - session.last < this.#options.idleSeconds) break
      gone.push(...this.#dropOldest())
    }
    return gone
  }

  get size(): number {
    return this.#sessions.size
  }

  state(): [string, SessionState][] {
    return [...this.#sessions]
  }

  /** @param state as it was kept; a session counts as heard of now. @returns the verdicts that stand. */
  restore(state: readonly (readonly [string, SessionState])[], now: number): VerdictRecord[] {
    const standing: VerdictRecord[] = []
    for (const [key, kept] of state) {
      const session = { ...kept, last: now }
      this.#sessions.set(key, session)
      const { decided } = session.evidence
      if (decided !== undefined) standing.push(this.#verdict(key, session, decided))
    }
    return standing
  }

  #dropOldest(): Withdraw[] {
    const [first] = this.#sessions
    if (first === undefined) return []
    const [key, session] = first
    this.#sessions.delete(key)
    return session.evidence.decided === undefined ? [] : [{ kind: 'withdraw', id: `verdict:${key}`, of: 'verdict' }]
  }

  #verdict(key: string, session: SessionState, decided: string): VerdictRecord {
    const { windows, windowsOfClass } = session
    const confidence = Number(confidenceOf(session.evidence).toFixed(6))
    return {
      kind: 'verdict',
      id: `verdict:${key}`,
      ...session.ends,
      ...(this.#options.service === undefined ? {} : { service: this.#options.service }),
      class: decided,
      confidence,
      windows,
      windowsOfClass,
    }
  }
}

function newSession(record: ClassificationRecord, now: number): SessionState {
  const { sourceAddress, sourcePort, destinationAddress, destinationPort, protocol = UDP, sessionId } = record
  const ends = { sourceAddress, sourcePort, destinationAddress, destinationPort, protocol }
  const named = sessionId === undefined ? ends : { ...ends, sessionId }
  return { ends: named, evidence: UNDECIDED, windows: 0, windowsOfClass: 0, last: now }
}

/** When the window began that decided, where the probe said. */
function timeOf(windowStartNs: string | undefined): Pick<VerdictRecord, 'time'> {
  if (windowStartNs === undefined) return {}
  const ms = Number(BigInt(windowStartNs) / 1_000_000n)
  // The last moment of the year 9999: timestamps have four digits for it.
  return ms > 253_402_300_799_999 ? {} : { time: new Date(ms).toISOString() }
}
