import type { LinkRecord, NodeRecord } from '@segchain/records'
import { type AlgorithmTopology, buildGraph, type Graph, snapshotOf } from '../../src/index.js'

export interface LinkSpec {
  readonly from: string
  readonly to: string
  readonly metric?: number
  /** Only this direction; otherwise both. */
  readonly oneWay?: boolean
  readonly extra?: Partial<LinkRecord>
  /** What the other direction says instead. */
  readonly back?: Partial<LinkRecord>
}

const instance = { protocol: 'isis-l2', instanceId: '0' } as const

export function node(name: string, extra: Partial<NodeRecord> = {}): NodeRecord {
  return { kind: 'node', id: name, ...instance, routerId: name, name, srgb: [{ first: 16000, size: 8000 }], ...extra }
}

export function links(specs: readonly LinkSpec[]): LinkRecord[] {
  return specs.flatMap(({ from, to, metric, oneWay, extra, back }, i) => {
    const one = (a: string, b: string): LinkRecord => ({
      kind: 'link',
      id: `${a}-${b}-${i}`,
      ...instance,
      localNode: a,
      remoteNode: b,
      ...(metric === undefined ? {} : { igpMetric: metric }),
      ...extra,
    })
    return oneWay === true ? [one(from, to)] : [one(from, to), { ...one(to, from), ...back }]
  })
}

export function graphOf(nodes: readonly NodeRecord[], specs: readonly LinkSpec[]): Graph {
  return buildGraph(snapshotOf([...nodes, ...links(specs)]), instance)
}

export function at(graph: Graph, name: string): number {
  return graph.indexOfNode.get(name) ?? -1
}

/** The topology with links that it does not use, each in its direction alone. */
export function without(topology: AlgorithmTopology, links: readonly number[]): AlgorithmTopology {
  return { ...topology, weights: topology.weights.map((w, i) => (links.includes(i) ? Number.POSITIVE_INFINITY : w)) }
}
