import type { SessionRecord, TopologyRecord } from '@segchain/records'
import type { Rib, TopologyEvent } from '../rib/rib.js'
import { type Picture, roomOf, type WatchedSession } from './screen.js'
import { KIND_OF, VIEWS, type View } from './tables.js'

interface Session {
  state: string
  /** Milliseconds since 1970. */
  since: number
  why: string
}

/** A row that changed within this time is marked. */
const FRESH_MS = 5000

/** What somebody watches: the topology, how the sessions fare, and where the looking is. Time comes in as a value. */
export class Watched {
  readonly #rib: Rib
  readonly #sessions = new Map<string, Session>()
  readonly #changed = new Map<string, number>()
  readonly #sorted = new Map<View, readonly TopologyRecord[]>()
  #view: View = 'nodes'
  #offset = 0
  #message = ''

  constructor(rib: Rib) {
    this.#rib = rib
  }

  event(event: TopologyEvent | SessionRecord, now: number): void {
    if (event.kind === 'session') {
      const { peer, state, reason = '' } = event
      this.#sessions.set(peer, { state, since: now, why: reason })
      if (state === 'up') this.#message = ''
      return
    }
    const kind = event.kind === 'withdraw' ? event.of : event.kind
    for (const view of VIEWS) if (KIND_OF[view] === kind) this.#sorted.delete(view)
    if (event.kind === 'withdraw') this.#changed.delete(event.id)
    else this.#changed.set(event.id, now)
  }

  /** An attempt to connect that failed. */
  failed(peer: string, why: string, now: number): void {
    this.#sessions.set(peer, { state: 'connecting', since: now, why })
  }

  /** The attempt is under its other name now. */
  connected(peer: string): void {
    this.#sessions.delete(peer)
  }

  say(message: string): void {
    this.#message = message
  }

  nextView(): void {
    this.#view = VIEWS[(VIEWS.indexOf(this.#view) + 1) % VIEWS.length] ?? 'nodes'
    this.#offset = 0
  }

  scroll(records: number): void {
    this.#offset += records
  }

  picture(columns: number, rows: number, colour: boolean, now: number): Picture {
    for (const [id, time] of this.#changed) {
      if (now - time < FRESH_MS) break
      this.#changed.delete(id)
    }
    const records = this.#records()
    const sessions = this.#watchedSessions(now)
    const room = roomOf({ rows, sessions })
    this.#offset = Math.max(0, Math.min(this.#offset, records.length - room))
    const counts = this.#rib.counts()
    return {
      columns,
      rows,
      colour,
      counts: Object.fromEntries(VIEWS.map((view) => [view, counts[KIND_OF[view]] ?? 0])),
      sessions,
      view: this.#view,
      records,
      offset: this.#offset,
      nameOf: (id) => this.#nameOf(id),
      fresh: (id) => this.#changed.has(id),
      message: this.#message,
    }
  }

  #records(): readonly TopologyRecord[] {
    const known = this.#sorted.get(this.#view)
    if (known !== undefined) return known
    const records = this.#rib.ofKind(KIND_OF[this.#view]).sort((a, b) => (a.id < b.id ? -1 : 1))
    this.#sorted.set(this.#view, records)
    return records
  }

  #watchedSessions(now: number): WatchedSession[] {
    return [...this.#sessions].map(([peer, { state, since, why }]) => ({
      peer,
      state,
      since: duration(now - since),
      objects: this.#rib.countOf(peer),
      why,
    }))
  }

  #nameOf(id: string): string {
    const node = this.#rib.get(id)
    return (node?.kind === 'node' ? node.name : undefined) ?? id
  }
}

/** `12s`, `3m12s`, `2h05m`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`
  return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}m`
}
