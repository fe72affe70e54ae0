import type { StreamRecord, TopologyRecord } from '@segchain/records'

/** The topology at the end of a stream: the last record of each id, without what was withdrawn. */
export async function topologyState(
  records: AsyncIterable<StreamRecord<'segchain.topology/1'>>,
): Promise<Map<string, TopologyRecord>> {
  const state = new Map<string, TopologyRecord>()
  for await (const record of records) {
    if (record.kind === 'withdraw') state.delete(record.id)
    else if (isTopology(record)) state.set(record.id, record)
  }
  return state
}

const OBJECTS: ReadonlySet<string> = new Set<TopologyRecord['kind']>([
  'node',
  'link',
  'prefix',
  'srv6-sid',
  'sr-policy-path',
  'stub-link',
  'unknown-nlri',
])

/** Whether a record of the stream is an object of the topology, and no event on it. */
export function isTopology(record: { readonly kind: string }): record is TopologyRecord {
  return OBJECTS.has(record.kind)
}
