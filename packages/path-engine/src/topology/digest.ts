import { createHash } from 'node:crypto'
import { canonicalJson } from '@segchain/records'
import type { Snapshot } from './snapshot.js'

type State = Snapshot[keyof Snapshot][number]

/** Records are never changed: a stream that goes on replaces them. So what one was written as stays true. */
const written = new WeakMap<State, string>()

/** `sha256:…` of what the network is, not of who reported it. A plan names the one that it was computed from. */
export function topologyDigest(topology: Snapshot): string {
  const records: readonly State[] = [...topology.nodes, ...topology.links, ...topology.prefixes, ...topology.srv6Sids]
  const text = `[${records.map(textOf).join(',')}]`
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

function textOf(record: State): string {
  const known = written.get(record)
  if (known !== undefined) return known
  const text = canonicalJson({ ...record, sources: undefined, stale: undefined })
  written.set(record, text)
  return text
}
