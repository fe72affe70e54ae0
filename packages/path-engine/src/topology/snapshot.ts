import type { LinkRecord, NodeRecord, PrefixRecord, Srv6SidRecord, StreamRecord } from '@segchain/records'

/** The records of a topology stream that describe the network, last word wins, by id. */
export interface Snapshot {
  readonly nodes: readonly NodeRecord[]
  readonly links: readonly LinkRecord[]
  readonly prefixes: readonly PrefixRecord[]
  readonly srv6Sids: readonly Srv6SidRecord[]
}

type State = NodeRecord | LinkRecord | PrefixRecord | Srv6SidRecord

/** Folds a stream into the state it describes: a later record replaces, a withdraw removes. */
export class SnapshotBuilder {
  readonly #records = new Map<string, State>()

  add(record: StreamRecord<'segchain.topology/1'>): this {
    switch (record.kind) {
      case 'node':
      case 'link':
      case 'prefix':
      case 'srv6-sid':
        this.#records.set(record.id, record)
        break
      case 'withdraw':
        this.#records.delete(record.id)
        break
      default:
        break
    }
    return this
  }

  /** The state now, each list in the order of the ids, so that equal networks give equal snapshots. */
  build(): Snapshot {
    const sorted = [...this.#records.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    return {
      nodes: sorted.filter((record) => record.kind === 'node'),
      links: sorted.filter((record) => record.kind === 'link'),
      prefixes: sorted.filter((record) => record.kind === 'prefix'),
      srv6Sids: sorted.filter((record) => record.kind === 'srv6-sid'),
    }
  }
}

export function snapshotOf(records: Iterable<StreamRecord<'segchain.topology/1'>>): Snapshot {
  const builder = new SnapshotBuilder()
  for (const record of records) builder.add(record)
  return builder.build()
}
