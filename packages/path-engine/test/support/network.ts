import type { LinkRecord, NodeRecord } from '@segchain/records'
import { buildGraph, type Graph, snapshotOf } from '../../src/index.js'

export interface LinkSpec {
  readonly from: string
  readonly to: string
  readonly metric?: number
  /** Only this direction; otherwise both. */
  readonly oneWay?: boolean
  readonly extra?: Partial<LinkRecord>
}

const instance = { protocol: 'isis-l2', instanceId: '0' } as const

export function node(name: string, extra: Partial<NodeRecord> = {}): NodeRecord {
  return { kind: 'node', id: name, ...instance, routerId: name, name, srgb: [{ first: 16000, size: 8000 }], ...extra }
}

export function links(specs: readonly LinkSpec[]): LinkRecord[] {
  return specs.flatMap(({ from, to, metric, oneWay, extra }, i) => {
    const one = (a: string, b: string): LinkRecord => ({
      kind: 'link',
      id: `${a}-${b}-${i}`,
      ...instance,
      localNode: a,
      remoteNode: b,
      ...(metric === undefined ? {} : { igpMetric: metric }),
      ...extra,
    })
    return oneWay === true ? [one(from, to)] : [one(from, to), one(to, from)]
  })
}

export function graphOf(nodes: readonly NodeRecord[], specs: readonly LinkSpec[]): Graph {
  return buildGraph(snapshotOf([...nodes, ...links(specs)]), instance)
}

export function at(graph: Graph, name: string): number {
  return graph.indexOfNode.get(name) ?? -1
}
