import type { AdjacencySid } from '@segchain/records'
import type { Graph, GraphLink } from '../graph/graph.js'
import { nodeAt } from '../graph/graph.js'
import { labelOfIndex, validBlock } from './label-block.js'
import type { LocalLabel } from './network.js'

const NONE: readonly AdjacencySid[] = []

/**
 * The labels of adjacency-SIDs: absolute ones, and indexes into the node's SRLB. Over a LAN each
 * neighbour has its own (RFC 8667 §2.2.2, RFC 8665 §6.2); one whose neighbour is not on the LAN is left out.
 */
export function adjacencyLabels(graph: Graph): LocalLabel[] {
  const labels: LocalLabel[] = []
  for (const link of graph.links) {
    for (const sid of link.record.adjacencySids ?? NONE) {
      const srlb = validBlock(nodeAt(graph, link.from).record?.srlb ?? [])
      const label = sid.label ?? (sid.index === undefined ? undefined : labelOfIndex(srlb, sid.index))
      const to = neighborOf(graph, link, sid)
      if (label === undefined || to === undefined) continue
      labels.push({ node: link.from, label, link: link.index, to, ...isProtected(sid) })
    }
  }
  return labels
}

function isProtected({ flags }: AdjacencySid): { readonly protected?: true } {
  return flags.includes('backup') ? { protected: true } : {}
}

/** The router that the segment leads to. */
function neighborOf(graph: Graph, link: GraphLink, sid: AdjacencySid): number | undefined {
  if (!nodeAt(graph, link.to).pseudonode) return link.to
  const end = graph.offsets[link.to + 1] as number
  for (let onward = graph.offsets[link.to] as number; onward < end; onward += 1) {
    const to = graph.targets[onward] as number
    if (sid.neighbor !== undefined && nodeAt(graph, to).record?.routerId === sid.neighbor) return to
  }
  return undefined
}
