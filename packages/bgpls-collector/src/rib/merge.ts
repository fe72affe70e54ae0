import type { TopologyRecord } from '@segchain/records'

/** What one speaker says of an object. */
export interface Report {
  readonly source: string
  readonly record: TopologyRecord
}

/**
 * One record out of what several speakers say about the same object. They should say the same; where
 * they do not, one of them is taken as a whole (attributes of two are never mixed): the one whose
 * attribute could be read, that is not stale, with the smallest name. So the order of arrival does
 * not matter.
 */
export function mergeRecords(reports: readonly Report[]): TopologyRecord {
  const [first] = reports.length === 1 ? reports : [...reports].sort(byRank)
  if (first === undefined) throw new Error('a record that nobody reported')
  return { ...first.record, sources: reports.map(({ source }) => source).sort() }
}

function byRank(a: Report, b: Report): number {
  return rank(a.record) - rank(b.record) || (a.source < b.source ? -1 : 1)
}

function rank(record: TopologyRecord): number {
  return (record.discardedAttribute === undefined ? 0 : 2) + (record.stale === true ? 1 : 0)
}
