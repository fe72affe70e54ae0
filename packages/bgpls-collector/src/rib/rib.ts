import type { TopologyRecord, Withdraw } from '@segchain/records'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import { mergeRecords } from './merge.js'

/** What changed: a record that is new or different, or the id of one that is gone. */
export type TopologyEvent = TopologyRecord | Withdraw

interface Entry {
  readonly bySource: Map<string, TopologyRecord>
  merged: TopologyRecord
}

/**
 * What every speaker has said, and the topology that it makes together. The key is the record's id,
 * which is made of the NLRI. No clock, no sockets: what goes in decides what comes out.
 */
export class Rib {
  readonly #entries = new Map<string, Entry>()

  /** Takes an UPDATE of one speaker. @returns what became different by it. */
  apply(source: string, update: Pick<LinkStateUpdate, 'announced' | 'withdrawn'>): TopologyEvent[] {
    const events: TopologyEvent[] = []
    // RFC 7606 §5.1 and RFC 4271 §4.3: what is in both lists is announced.
    for (const { id } of update.withdrawn) push(events, this.#remove(source, id))
    for (const record of update.announced) push(events, this.#add(source, record))
    return events
  }

  /** Forgets everything that one speaker has said. */
  drop(source: string): TopologyEvent[] {
    const events: TopologyEvent[] = []
    for (const [id, entry] of this.#entries) {
      if (entry.bySource.has(source)) push(events, this.#remove(source, id))
    }
    return events
  }

  get size(): number {
    return this.#entries.size
  }

  /** The topology as it is now: by kind, then by id, so that the same state is the same text. */
  snapshot(): TopologyRecord[] {
    const records = [...this.#entries.values()].map((entry) => entry.merged)
    return records.sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || (a.id < b.id ? -1 : 1))
  }

  #add(source: string, record: TopologyRecord): TopologyEvent | undefined {
    const entry = this.#entries.get(record.id)
    if (entry === undefined) {
      const merged = mergeRecords([[source, record]])
      this.#entries.set(record.id, { bySource: new Map([[source, record]]), merged })
      return merged
    }
    entry.bySource.set(source, record)
    return this.#refresh(entry)
  }

  #remove(source: string, id: string): TopologyEvent | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined || !entry.bySource.delete(source)) return undefined
    if (entry.bySource.size > 0) return this.#refresh(entry)
    this.#entries.delete(id)
    return { kind: 'withdraw', id, of: entry.merged.kind, source }
  }

  #refresh(entry: Entry): TopologyEvent | undefined {
    const merged = mergeRecords([...entry.bySource])
    if (JSON.stringify(merged) === JSON.stringify(entry.merged)) return undefined
    entry.merged = merged
    return merged
  }
}

const ORDER: Readonly<Record<TopologyRecord['kind'], number>> = {
  node: 0,
  link: 1,
  prefix: 2,
  'srv6-sid': 3,
  'sr-policy-path': 4,
  'stub-link': 5,
  'unknown-nlri': 6,
}

function push(events: TopologyEvent[], event: TopologyEvent | undefined): void {
  if (event !== undefined) events.push(event)
}
