import { canonicalJson, type TopologyRecord, type Withdraw } from '@segchain/records'

export interface TopologyDifference {
  readonly added: readonly TopologyRecord[]
  readonly changed: readonly TopologyRecord[]
  readonly removed: readonly Withdraw[]
}

/** Who said it, and whether lately, is no property of the topology. */
function essence({ sources: _, stale: __, ...rest }: TopologyRecord): string {
  return canonicalJson(rest)
}

/** What makes `after` out of `before`: records to add or replace, ids to withdraw. In the order of ids. */
export function diffTopologies(
  before: ReadonlyMap<string, TopologyRecord>,
  after: ReadonlyMap<string, TopologyRecord>,
): TopologyDifference {
  const sorted = [...after.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const removed = [...before.values()]
    .filter(({ id }) => !after.has(id))
    .map(({ id, kind }): Withdraw => ({ kind: 'withdraw', id, of: kind }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    added: sorted.filter(({ id }) => !before.has(id)),
    changed: sorted.filter((record) => {
      const old = before.get(record.id)
      return old !== undefined && essence(old) !== essence(record)
    }),
    removed,
  }
}
