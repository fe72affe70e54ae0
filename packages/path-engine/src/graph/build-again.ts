import type { LinkRecord } from '@segchain/records'
import type { Snapshot } from '../topology/snapshot.js'
import type { Graph, GraphLink } from './graph.js'
import { withTeValues } from './te-values.js'

/**
 * The graph of a snapshot from that of one before it: undefined where something else is different than what some links
 * cost and say. It shares everything with the older graph but those links, so that equal `offsets` tell that all
 * numbers are the same.
 */
export function buildGraphAgain(before: Graph, was: Snapshot, now: Snapshot): Graph | undefined {
  if (was.links.length !== now.links.length || !areSame(was.nodes, now.nodes)) return undefined
  const changed = new Map<LinkRecord, LinkRecord>()
  for (let i = 0; i < now.links.length; i += 1) {
    const [older, newer] = [was.links[i] as LinkRecord, now.links[i] as LinkRecord]
    if (older === newer) continue
    if (!isSameInterface(older, newer)) return undefined
    changed.set(withTeValues(older), withTeValues(newer))
  }
  if (changed.size === 0) return before
  const links: GraphLink[] = [...before.links]
  let found = 0
  for (let i = 0; i < links.length; i += 1) {
    const { index, from, to, record } = links[i] as GraphLink
    const newer = changed.get(record)
    if (newer === undefined) continue
    links[i] = { index, record: newer, from, to }
    found += 1
  }
  // Others are left out, or one of several records of an interface.
  return found === changed.size ? { ...before, links } : undefined
}

/** Records of a stream that goes on are the same objects, and addresses are texts. */
function areSame(some: readonly unknown[] = [], others: readonly unknown[] = []): boolean {
  return some === others || (some.length === others.length && some.every((one, i) => one === others[i]))
}

/** All that has a part in which links there are, and in which order. */
function isSameInterface(older: LinkRecord, newer: LinkRecord): boolean {
  return (
    older.id === newer.id &&
    older.protocol === newer.protocol &&
    older.instanceId === newer.instanceId &&
    older.multiTopologyId === newer.multiTopologyId &&
    older.localNode === newer.localNode &&
    older.remoteNode === newer.remoteNode &&
    older.localLinkId === newer.localLinkId &&
    older.remoteLinkId === newer.remoteLinkId &&
    areSame(older.localAddresses, newer.localAddresses) &&
    areSame(older.remoteAddresses, newer.remoteAddresses)
  )
}
