import type { TopologyRecord } from '@segchain/records'

/**
 * One record out of what several speakers say about the same object. They should say the same; where
 * they do not, one of them is taken as a whole (attributes of two are never mixed): the one whose
 * attribute could be read, that is not stale, with the smallest name. So the order of arrival does
 * not matter.
 */
export function mergeRecords(reports: readonly (readonly [source: string, record: TopologyRecord])[]): TopologyRecord {
  const ranked = [...reports].sort(([a, left], [b, right]) => rank(left) - rank(right) || (a < b ? -1 : 1))
  const [first] = ranked
  if (first === undefined) throw new Error('a record that nobody reported')
  return { ...first[1], sources: ranked.map(([source]) => source).sort() }
}

function rank(record: TopologyRecord): number {
  return (record.discardedAttribute === undefined ? 0 : 2) + (record.stale === true ? 1 : 0)
}
