import { type Graph, nodeAt, nodeName } from '@segchain/path-engine'
import type { Segment } from '@segchain/records'
import type { StackEntry } from './stack.js'
import type { Steered } from './steered.js'

/** What the headend pushes, a reason for each label. */
export function segmentsOf(one: Steered, graph: Graph): Segment[] {
  return segmentsOfPiece(one, 0, graph)
}

/** What a piece of the stack consists of: its labels, and the binding-SID of the next piece. */
export function segmentsOfPiece(one: Steered, number: number, graph: Graph): Segment[] {
  const { pieces } = one.chosen
  const next = pieces[number + 1]
  const own = (pieces[number]?.entries ?? []).map((entry) => segmentOf(entry, graph))
  if (next?.bindingSid === undefined) return own
  const names = next.nodes.map((node) => nodeName(nodeAt(graph, node))).join(' or ')
  return [
    ...own,
    {
      label: next.bindingSid,
      type: 'binding-sid',
      nodes: next.nodes.map((node) => nodeAt(graph, node).id),
      reason: `the binding-SID of the rest of the stack on ${names}: there is no room for more (MSD), and ${names} pushes ${next.labels.join(', ')} for it`,
    },
  ]
}

function segmentOf({ sid, label, ends, adjacency, joins }: StackEntry, graph: Graph): Segment {
  if (adjacency !== undefined) {
    return {
      label,
      type: 'adjacency-sid',
      nodes: ends.map((node) => nodeAt(graph, node).id),
      reason: `over the link ${adjacency} itself: a node-SID would leave the way open`,
    }
  }
  const names = sid.members.map((member) => nodeName(nodeAt(graph, member.node)))
  return {
    label,
    type: sid.service === undefined ? 'node-sid' : 'anycast-sid',
    algorithm: sid.algorithm,
    nodes: sid.members.map((member) => nodeAt(graph, member.node).id),
    prefix: sid.prefix,
    ...(sid.service === undefined ? {} : { service: sid.service }),
    reason:
      joins !== undefined
        ? `over ${names.join(', ')}, which joins ${joins}: the next segment is known there`
        : sid.service === undefined
          ? `the endpoint ${names.join(', ')}: its node-SID of algorithm ${sid.algorithm}, index ${sid.index}`
          : `${sid.service} on ${names.join(' or ')}, from here on ${ends.map((end) => nodeName(nodeAt(graph, end))).join(' and ')}: its anycast SID of algorithm ${sid.algorithm}, index ${sid.index}`,
  }
}
