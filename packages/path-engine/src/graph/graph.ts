import type { LabelRange, LinkRecord, NodeRecord } from '@segchain/records'
import type { InstanceKey } from '../topology/instance-key.js'

export interface GraphNode {
  /** Position in {@link Graph.nodes}. */
  readonly index: number
  readonly id: string
  /** Absent when only links name the node. */
  readonly record?: NodeRecord
  /** A LAN, not a router: costs nothing to leave, has no labels. */
  readonly pseudonode: boolean
  /** Reachable, but never passed through (ISO 10589 §7.2.8.1, RFC 6987). */
  readonly overload: boolean
  readonly srgb: readonly LabelRange[]
}

/** One direction of a link, two-way checked. */
export interface GraphLink {
  /** Position in {@link Graph.links}; the number of the edge in every typed array. */
  readonly index: number
  readonly from: number
  readonly to: number
  readonly record: LinkRecord
}

/** Which instance each part of a graph of several IGP instances belongs to; scopes are numbers of `names`. */
export interface JoinedInstances {
  /** `isis-l1/0`. */
  readonly names: readonly string[]
  /** By node; a joining node has several. */
  readonly ofNode: readonly (readonly number[])[]
  /** By link. */
  readonly ofLink: Int32Array
  /** By node: its record in each instance, by the number of that. */
  readonly records: readonly ReadonlyMap<number, NodeRecord>[]
  /** By node: the instances in which it is overloaded. */
  readonly overloadIn: readonly (readonly number[])[]
  /** By the id of a node record, of which a joining node has one in each instance. */
  readonly ofId: ReadonlyMap<string, number>
}

/**
 * A flooding domain and topology as compressed sparse rows: the links of node `n` are the numbers
 * `offsets[n]` to `offsets[n + 1] - 1`, and those that arrive at `n` stand in `incoming` between
 * `incomingOffsets[n]` and `incomingOffsets[n + 1]`. Never changed once it is built.
 */
export interface Graph {
  readonly instance: InstanceKey
  /** Multi-topology ID, 0 for the standard one (RFC 5120, RFC 4915). */
  readonly multiTopologyId: number
  readonly nodes: readonly GraphNode[]
  readonly links: readonly GraphLink[]
  readonly indexOfNode: ReadonlyMap<string, number>
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly incomingOffsets: Int32Array
  readonly incoming: Int32Array
  /** Only of several instances. */
  readonly joined?: JoinedInstances
  /** Links that are no part of the graph, and why. */
  readonly leftOut: readonly { readonly link: string; readonly why: string }[]
}

export function nodeAt(graph: Graph, index: number): GraphNode {
  const node = graph.nodes[index]
  if (node === undefined) throw new RangeError(`the graph has no node ${index}`)
  return node
}

export function linkAt(graph: Graph, index: number): GraphLink {
  const link = graph.links[index]
  if (link === undefined) throw new RangeError(`the graph has no link ${index}`)
  return link
}

/** Name for people: the host name where it is known. */
export function nodeName(node: GraphNode): string {
  return node.record?.name ?? node.record?.routerId ?? node.id
}
