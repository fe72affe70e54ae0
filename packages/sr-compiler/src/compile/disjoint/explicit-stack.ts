import {
  type DistanceCache,
  encodePath,
  type LabelNetwork,
  linkAt,
  nodeAt,
  nodeName,
  type PrefixSidEntry,
} from '@segchain/path-engine'
import { adjacencyLabel } from '../../analysis/describe-segments.js'
import type { Stack, StackEntry, StackFailure } from '../stack.js'
import type { ExplicitWalk } from './explicit-walk.js'

export interface ExplicitContext {
  readonly network: LabelNetwork
  readonly distances: DistanceCache
  readonly nodeSid: (node: number) => PrefixSidEntry | undefined
}

/** The shortest stack that forces the walk: node-SIDs where they leave no choice, adjacency-SIDs elsewhere. */
export function explicitStack(walk: ExplicitWalk, headend: number, context: ExplicitContext): Stack | StackFailure {
  const { network, distances, nodeSid } = context
  const { graph } = network
  const entries: StackEntry[] = []
  let at = headend
  for (const { links, node, service } of walk.stops) {
    const hasAdjacencySid = (link: number): boolean => adjacencyLabel(graph, link) !== undefined
    const segments = links.length === 0 ? [] : encodePath(distances, links, { hasAdjacencySid })
    if (segments === undefined) return notForced(graph, links)
    for (const segment of segments) {
      if (segment.kind === 'node') {
        const sid = nodeSid(segment.node)
        const label = sid === undefined ? undefined : network.labelAt(at, sid)
        if (sid === undefined || label === undefined) return withoutSid(nodeName(nodeAt(graph, segment.node)))
        entries.push({ sid, label, ends: [segment.node] })
        at = segment.node
      } else {
        const { from } = linkAt(graph, segment.link)
        const label = adjacencyLabel(graph, segment.link, segment.to)
        const name = `${nodeName(nodeAt(graph, from))}-${nodeName(nodeAt(graph, segment.to))}`
        if (label === undefined) return notForced(graph, [segment.link])
        entries.push({ sid: adjacencyEntry(segment.to, name), label, ends: [segment.to], adjacency: name })
        at = segment.to
      }
    }
    if (service === undefined) continue
    const label = network.labelAt(node, service.sid)
    if (label === undefined) return withoutSid(service.name)
    entries.push({ sid: service.sid, label, ends: [node] })
    at = node
  }
  return { entries, cost: walk.cost }
}

/** What an adjacency-SID is in a stack: a segment that ends at one node. */
function adjacencyEntry(to: number, name: string): PrefixSidEntry {
  const members = [{ node: to, cost: 0, lastHop: 'php' as const }]
  return { prefix: '', algorithm: 0, index: -1, members, nodeSid: false, owner: `the adjacency ${name}` }
}

function withoutSid(what: string): StackFailure {
  return { code: 'SID_OUTSIDE_SRGB', why: `${what} has no SID that the node before it could use` }
}

function notForced(graph: LabelNetwork['graph'], links: readonly number[]): StackFailure {
  const names = links.map((link) => {
    const { from, to } = linkAt(graph, link)
    return `${nodeName(nodeAt(graph, from))}-${nodeName(nodeAt(graph, to))}`
  })
  return {
    code: 'NO_ADJACENCY_SID',
    why: `the way over ${names.join(', ')} cannot be forced: node-SIDs would take another, and the topology tells no adjacency-SID`,
    hint: 'configure adjacency-SIDs (Device spec.links) and export them over BGP-LS',
  }
}
