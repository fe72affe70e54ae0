import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, PrefixRecord } from '@segchain/records'
import {
  advertisedNetwork,
  buildGraph,
  igpTopology,
  labelTable,
  nextLinks,
  routesTo,
  snapshotOf,
  trace,
} from '../src/index.js'
import { node } from './support/network.js'

const instance = { protocol: 'isis-l2', instanceId: '0' } as const

/** Hand-worked: IPv4 goes a-b-c; the IPv6 topology (MT 2, RFC 5120 §7.5) has a-d-c and not b at all. */
const pairs: readonly (readonly [string, string, number])[] = [
  ['a', 'b', 0],
  ['b', 'c', 0],
  ['a', 'd', 2],
  ['d', 'c', 2],
]
const links = pairs.flatMap(([from, to, multiTopologyId]) =>
  [
    [from, to],
    [to, from],
  ].map(
    ([localNode = '', remoteNode = '']): LinkRecord => ({
      kind: 'link',
      id: `${localNode}-${remoteNode}-${multiTopologyId}`,
      ...instance,
      localNode,
      remoteNode,
      igpMetric: 10,
      ...(multiTopologyId === 0 ? {} : { multiTopologyId }),
      adjacencySids: [{ label: 24000 + multiTopologyId, flags: multiTopologyId === 0 ? [] : ['ipv6'], weight: 0 }],
    }),
  ),
)
const prefixOf = (prefix: string, index: number, multiTopologyId?: number): PrefixRecord => ({
  kind: 'prefix',
  id: prefix,
  ...instance,
  node: 'c',
  prefix,
  prefixSids: [{ algorithm: 0, index, flags: ['node'] }],
  ...(multiTopologyId === undefined ? {} : { multiTopologyId }),
})
const snapshot = snapshotOf([
  ...['a', 'b', 'c', 'd'].map((name) => node(name)),
  ...links,
  prefixOf('10.0.0.3/32', 3),
  prefixOf('2001:db8::3/128', 103, 2),
])

test('each multi-topology has its own graph, prefix-SIDs and adjacency-SIDs', () => {
  for (const [id, through, index, adjacency] of [
    [0, 'b', 3, 24000],
    [2, 'd', 103, 24002],
  ] as const) {
    const graph = buildGraph(snapshot, instance, id)
    assert.equal(graph.multiTopologyId, id)
    const network = advertisedNetwork(graph, snapshot.prefixes)
    assert.deepEqual(
      network.sids.map((sid) => sid.index),
      [index],
    )
    const a = graph.indexOfNode.get('a') ?? -1
    const { hops } = trace(network, a, [16000 + index])
    assert.deepEqual(
      hops.map((hop) => [graph.nodes[hop.node]?.id, hop.stack, hop.action]),
      [
        ['a', [16000 + index], 'swap'],
        [through, [16000 + index], 'pop'],
        ['c', [], 'deliver'],
      ],
    )
    assert.deepEqual(
      labelTable(network, a).map((row) => row.label),
      [16000 + index, adjacency],
    )
  }
})

test('a node without a link in a multi-topology is in no path of it', () => {
  const graph = buildGraph(snapshot, instance, 2)
  const b = graph.indexOfNode.get('b') ?? -1
  const routes = routesTo(igpTopology(graph), [{ node: graph.indexOfNode.get('c') ?? -1, cost: 0 }])
  assert.equal(routes.distance[b], Number.POSITIVE_INFINITY)
  assert.deepEqual(nextLinks(routes, b), [])
})

test('explicit null of an IPv6 prefix is label 2 (RFC 3032 §2.1)', () => {
  const explicit: PrefixRecord = {
    ...prefixOf('2001:db8::3/128', 103, 2),
    prefixSids: [{ algorithm: 0, index: 103, flags: ['node', 'no-php', 'explicit-null'] }],
  }
  const graph = buildGraph(snapshot, instance, 2)
  const { hops } = trace(advertisedNetwork(graph, [explicit]), graph.indexOfNode.get('a') ?? -1, [16103])
  assert.deepEqual(
    hops.map((hop) => hop.stack),
    [[16103], [16103], [2], []],
  )
})
