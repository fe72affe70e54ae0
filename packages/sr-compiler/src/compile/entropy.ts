import { type Graph, nodeAt, nodeName, placeEntropyLabels, type Snapshot } from '@segchain/path-engine'
import type { EntropyLabels } from '@segchain/records'
import type { ChosenChain } from './choose-chain.js'

/** MSD-Type 2 (RFC 9088 §4, RFC 9089 §4). */
const ERLD = 2

/**
 * Where the headend puts entropy labels, as far as the nodes of the way tell how deep they read; undefined when none
 * does. ELC is advertised with prefixes (RFC 9088 §3), and is a property of the node behind them.
 */
export function entropyLabelsOf(
  chosen: ChosenChain,
  graph: Graph,
  topology: Snapshot,
  msd: number | undefined,
): EntropyLabels | undefined {
  const [piece] = chosen.pieces
  if (piece === undefined) return undefined
  const passed = [...new Set(chosen.trace.hops.filter((hop) => hop.position > 0).map((hop) => hop.node))]
  const known = passed.flatMap((node) => {
    const erld = nodeAt(graph, node).record?.msds?.find((one) => one.type === ERLD)?.value
    return erld === undefined ? [] : [{ node, erld }]
  })
  const [first] = known
  if (first === undefined) return undefined
  const least = known.reduce((a, b) => (b.erld < a.erld ? b : a), first)
  const capable = new Set(
    topology.prefixes.flatMap((prefix) =>
      prefix.attributeFlags?.includes('elc') ? (graph.indexOfNode.get(prefix.node) ?? []) : [],
    ),
  )
  const { after, reason } = placeEntropyLabels({
    depth: piece.labels.length,
    // A binding-SID at the bottom is taken off by those who hold it, as the segment above it is.
    capable: piece.labels.map((_, i) => {
      const ends = (piece.entries[i] ?? piece.entries.at(-1))?.sid.members ?? []
      return ends.every((member) => capable.has(member.node))
    }),
    erld: least.erld,
    ...(msd === undefined ? {} : { msd }),
  })
  const silent = passed.length - known.length
  const note = silent === 0 ? '' : `; ${silent} node(s) on the way tell no ERLD`
  return { after: [...after], reason: `${reason} (the least is that of ${nodeName(nodeAt(graph, least.node))})${note}` }
}
