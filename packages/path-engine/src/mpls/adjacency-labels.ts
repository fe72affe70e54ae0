import type { Graph } from '../graph/graph.js'
import { nodeAt } from '../graph/graph.js'
import { labelOfIndex } from './label-block.js'
import type { LocalLabel } from './network.js'

/**
 * The labels of adjacency-SIDs: absolute ones, and indexes into the node's SRLB. A LAN adjacency-SID
 * names its neighbour and is left out (the link of the graph leads to the LAN, not to a router).
 */
export function adjacencyLabels(graph: Graph): LocalLabel[] {
  return graph.links.flatMap(({ index, from, record }) =>
    (record.adjacencySids ?? []).flatMap((sid) => {
      if (sid.neighbor !== undefined) return []
      const srlb = nodeAt(graph, from).record?.srlb ?? []
      const label = sid.label ?? (sid.index === undefined ? undefined : labelOfIndex(srlb, sid.index))
      return label === undefined ? [] : [{ node: from, label, link: index }]
    }),
  )
}
