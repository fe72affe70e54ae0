import type { TopologyRecord, Withdraw } from '@segchain/records'
import type { LinkStateUpdate } from '../codec/bgp/update.js'
import { SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import { safiOf } from '../codec/table.js'
import { mergeRecords, type Report } from './merge.js'
import { PathSources } from './path-sources.js'
import { sameValue } from './same-record.js'

/** What changed: a record that is new or different, or the id of one that is gone. */
export type TopologyEvent = TopologyRecord | Withdraw

/**
 * One object: what each speaker says of it, and what that makes. Most objects have one speaker, and then the one
 * report is the merged record itself: nothing is kept twice.
 */
interface Entry {
  reports: readonly Report[] | undefined
  /** The only one; `undefined` where there are several. */
  source: string | undefined
  merged: TopologyRecord
}

/** What an entry's speakers say. */
function reportsOf({ reports, source = '', merged }: Entry): readonly Report[] {
  return reports ?? [{ source, record: merged }]
}

function reportOf(entry: Entry, source: string): TopologyRecord | undefined {
  if (entry.source !== undefined) return entry.source === source ? entry.merged : undefined
  return entry.reports?.find((one) => one.source === source)?.record
}

/**
 * What every speaker has said, and the topology that it makes together. The key is the record's id,
 * which is made of the NLRI. No clock, no sockets: what goes in decides what comes out.
 */
export class Rib {
  readonly #entries = new Map<string, Entry>()
  /** One list for all the records of a speaker. */
  readonly #sourceLists = new Map<string, string[]>()
  /** What speakers in a route refresh have said again so far. */
  readonly #refreshing = new Map<string, Map<number, Set<string>>>()
  readonly #paths = new PathSources()

  /** Takes an UPDATE of one speaker. @returns what became different by it. */
  apply(source: string, update: Pick<LinkStateUpdate, 'announced' | 'withdrawn' | 'paths'>): TopologyEvent[] {
    const events: TopologyEvent[] = []
    // RFC 7606 §5.1 and RFC 4271 §4.3: what is in both lists is announced.
    for (const { id, path } of update.withdrawn) push(events, this.#remove(this.#paths.of(source, path), id))
    for (const record of update.announced) {
      const from = this.#paths.of(source, update.paths?.get(record))
      if (this.#refreshing.size > 0) this.#refreshing.get(source)?.get(safiOf(record))?.add(`${from} ${record.id}`)
      push(events, this.#add(from, record))
    }
    return events
  }

  /** Forgets everything that one speaker has said. */
  drop(source: string): TopologyEvent[] {
    this.#refreshing.delete(source)
    const events = this.#changing(source, (_entry, { record, source: from }) => this.#remove(from, record.id))
    this.#paths.forget(source)
    return events
  }

  /** The session of a speaker that will restart has broken: what it said is kept, and marked. */
  markStale(source: string): TopologyEvent[] {
    return this.#changing(source, (entry, { record, source: from }) => {
      const others = reportsOf(entry).filter((report) => report.source !== from)
      return this.#refresh(entry, [...others, { source: from, record: { ...record, stale: true } }])
    })
  }

  /** Removes what a speaker has not said again since {@link markStale} (RFC 4724 §4.2). */
  sweepStale(source: string): TopologyEvent[] {
    return this.#changing(source, (_entry, { record, source: from }) =>
      record.stale === true ? this.#remove(from, record.id) : undefined,
    )
  }

  /**
   * Takes a topology of earlier, as stale: what its speakers do not say again goes with
   * {@link sweepStale}.
   * @returns the speakers that are in it.
   */
  load(records: Iterable<TopologyRecord>): ReadonlySet<string> {
    const sources = new Set<string>()
    for (const record of records) {
      for (const source of record.sources ?? ['saved']) {
        sources.add(this.#paths.saved(source))
        this.#add(source, { ...record, stale: true })
      }
    }
    return sources
  }

  /** A speaker begins to say everything of a family again (RFC 7313 §4). */
  beginRefresh(source: string, safi: number = SAFI_LINK_STATE): void {
    const families = this.#refreshing.get(source) ?? new Map<number, Set<string>>()
    this.#refreshing.set(source, families.set(safi, new Set()))
  }

  /** Removes what was not said again since {@link beginRefresh}. */
  endRefresh(source: string, safi: number = SAFI_LINK_STATE): TopologyEvent[] {
    const families = this.#refreshing.get(source)
    const said = families?.get(safi)
    if (families === undefined || said === undefined) return []
    families.delete(safi)
    if (families.size === 0) this.#refreshing.delete(source)
    return this.#changing(source, (_entry, { record, source: from }) =>
      said.has(`${from} ${record.id}`) || safiOf(record) !== safi ? undefined : this.#remove(from, record.id),
    )
  }

  #changing(source: string, change: (entry: Entry, report: Report) => TopologyEvent | undefined): TopologyEvent[] {
    const events: TopologyEvent[] = []
    const paths = this.#paths.all(source)
    for (const entry of this.#entries.values()) {
      if (paths !== undefined) {
        for (const report of reportsOf(entry)) if (paths.has(report.source)) push(events, change(entry, report))
        continue
      }
      const record = reportOf(entry, source)
      if (record !== undefined) push(events, change(entry, { source, record }))
    }
    return events
  }

  /** How many objects of each kind there are. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { merged } of this.#entries.values()) counts[merged.kind] = (counts[merged.kind] ?? 0) + 1
    return counts
  }

  /** The object with this id, as it is now. */
  get(id: string): TopologyRecord | undefined {
    return this.#entries.get(id)?.merged
  }

  /** The objects of a kind, in no order. */
  ofKind(kind: TopologyRecord['kind']): TopologyRecord[] {
    const records: TopologyRecord[] = []
    for (const { merged } of this.#entries.values()) if (merged.kind === kind) records.push(merged)
    return records
  }

  /** How many objects a speaker reports. */
  countOf(source: string): number {
    const paths = this.#paths.all(source)
    const has =
      paths === undefined
        ? (entry: Entry) => reportOf(entry, source) !== undefined
        : (entry: Entry) => reportsOf(entry).some((report) => paths.has(report.source))
    let count = 0
    for (const entry of this.#entries.values()) if (has(entry)) count++
    return count
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
      const merged = this.#own(source, record)
      this.#entries.set(record.id, { reports: undefined, source, merged })
      return merged
    }
    if (entry.source === source) {
      const merged = this.#own(source, record)
      if (sameValue(merged, entry.merged)) return undefined
      entry.merged = merged
      return merged
    }
    const others = reportsOf(entry).filter((one) => one.source !== source)
    return this.#refresh(entry, [...others, { source, record }])
  }

  /** The record of a single speaker is ours from here on: it is completed, not copied. */
  #own(source: string, record: TopologyRecord): TopologyRecord {
    let list = this.#sourceLists.get(source)
    if (list === undefined) {
      list = [source]
      this.#sourceLists.set(source, list)
    }
    record.sources = list
    return record
  }

  #remove(source: string, id: string): TopologyEvent | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined || reportOf(entry, source) === undefined) return undefined
    if (entry.reports !== undefined) {
      const others = entry.reports.filter((report) => report.source !== source)
      return this.#refresh(entry, others)
    }
    this.#entries.delete(id)
    return { kind: 'withdraw', id, of: entry.merged.kind, source }
  }

  #refresh(entry: Entry, reports: readonly Report[]): TopologyEvent | undefined {
    const merged = mergeRecords(reports)
    const single = reports.length === 1
    entry.reports = single ? undefined : reports
    entry.source = single ? reports[0]?.source : undefined
    if (sameValue(merged, entry.merged)) return undefined
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
