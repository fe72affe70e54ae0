import { type Branch, forward } from './forward.js'
import type { LabelNetwork } from './network.js'
import type { PrefixSidEntry } from './prefix-sids.js'

/** A row of a router's label forwarding table. */
export interface LabelRow {
  readonly label: number
  /**
   * pop: to a neighbour without the label; swap: with another one; mixed: some branches keep it and some
   * do not (members of an anycast group with different flags); end: the segment is this router's own.
   */
  readonly action: 'swap' | 'pop' | 'mixed' | 'end'
  /** Every equal-cost way on; none at the end. */
  readonly branches: readonly Branch[]
  /** Absent for an adjacency-SID. */
  readonly sid?: PrefixSidEntry
}

/**
 * The label forwarding table that a router will have for the segments of the network, by label. A
 * segment that it cannot reach has no row. Its own segments have one only where the label arrives
 * (no-PHP): after penultimate hop popping nobody sends it.
 */
export function labelTable(network: LabelNetwork, node: number): LabelRow[] {
  const rows = new Map<number, LabelRow>()
  for (const sid of network.sids) {
    const label = network.labelAt(node, sid)
    if (label === undefined || network.sidAt(node, label) !== sid) continue
    const row = rowOf(network, node, label)
    if (row !== undefined) rows.set(label, row)
  }
  for (const local of network.localLabels) {
    const row = local.node === node ? rowOf(network, node, local.label) : undefined
    if (row !== undefined) rows.set(local.label, row)
  }
  return [...rows.values()].sort((a, b) => a.label - b.label)
}

function rowOf(network: LabelNetwork, node: number, label: number): LabelRow | undefined {
  const result = forward(network, node, label)
  if (result.action === 'end') return { label, action: 'end', branches: [], sid: result.sid }
  if (result.action !== 'forward') return undefined
  const { branches, sid } = result
  const swapped = branches.filter((branch) => branch.label !== undefined).length
  const action = swapped === 0 ? 'pop' : swapped === branches.length ? 'swap' : 'mixed'
  return { label, action, branches, ...(sid === undefined ? {} : { sid }) }
}
