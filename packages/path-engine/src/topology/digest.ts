import { digestOf } from '@segchain/records'
import type { Snapshot } from './snapshot.js'

/** `sha256:…` of what the network is, not of who reported it. A plan names the one that it was computed from. */
export function topologyDigest(topology: Snapshot): string {
  const records = [...topology.nodes, ...topology.links, ...topology.prefixes, ...topology.srv6Sids]
  return digestOf(records.map((record) => ({ ...record, sources: undefined, stale: undefined })))
}
