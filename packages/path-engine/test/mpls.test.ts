import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  adjacencyLabels,
  igpTopology,
  indexOfLabel,
  LabelNetwork,
  type LastHop,
  labelOfIndex,
  type PrefixSidEntry,
  trace,
} from '../src/index.js'
import { at, graphOf, node } from './support/network.js'

test('several ranges of a block are one space of indexes (RFC 8402 §3.1.2)', () => {
  // source: RFC 8667 §3.1, the example of the SR-Capabilities: ranges [100,199], [1000,1099], [500,599].
  const block = [
    { first: 100, size: 100 },
    { first: 1000, size: 100 },
    { first: 500, size: 100 },
  ]
  assert.equal(labelOfIndex(block, 0), 100)
  assert.equal(labelOfIndex(block, 99), 199)
  assert.equal(labelOfIndex(block, 100), 1000)
  assert.equal(labelOfIndex(block, 199), 1099)
  assert.equal(labelOfIndex(block, 200), 500)
  assert.equal(labelOfIndex(block, 300), undefined)
  assert.equal(indexOfLabel(block, 1000), 100)
  assert.equal(indexOfLabel(block, 99), undefined)
})

/** a - b - c in a row, each with an SRGB of its own. */
function row(lastHop: LastHop): { network: LabelNetwork; a: number } {
  const graph = graphOf(
    [node('a'), node('b'), node('c')],
    [
      { from: 'a', to: 'b', metric: 1 },
      { from: 'b', to: 'c', metric: 1 },
    ],
  )
  const sid: PrefixSidEntry = {
    prefix: '10.0.0.3/32',
    algorithm: 0,
    index: 3,
    members: [{ node: at(graph, 'c'), cost: 0, lastHop }],
    nodeSid: true,
    owner: 'c',
  }
  const blocks = [16000, 20000, 30000].map((first) => [{ first, size: 1000 }])
  const network = new LabelNetwork({ graph, topologies: new Map([[0, igpTopology(graph)]]), blocks, sids: [sid] })
  return { network, a: at(graph, 'a') }
}

test('a label is swapped for the next router own label, and popped one hop early', () => {
  const { network, a } = row('php')
  const { hops, loop } = trace(network, a, [16003, 77])
  assert.equal(loop, false)
  assert.deepEqual(
    hops.slice(0, 3).map((hop) => [hop.stack, hop.action]),
    [
      [[16003, 77], 'swap'],
      [[20003, 77], 'pop'],
      [[77], 'drop'],
    ],
  )
})

test('no-PHP keeps the label to the end, explicit null keeps a label 0', () => {
  const keep = row('no-php')
  assert.deepEqual(
    trace(keep.network, keep.a, [16003]).hops.map((hop) => hop.stack),
    [[16003], [20003], [30003], []],
  )
  const explicit = row('explicit-null')
  assert.deepEqual(
    trace(explicit.network, explicit.a, [16003]).hops.map((hop) => hop.stack),
    [[16003], [20003], [0], []],
  )
})

test('a router that asked for penultimate hop popping drops its own label, as FRR on Linux does', () => {
  // source: test/lab, probe 4 of `repairs`: FRR 10.7.1 installs no row for a prefix-SID of its own with PHP.
  for (const lastHop of ['php', 'explicit-null'] as const) {
    const { network } = row(lastHop)
    const [hop] = trace(network, at(network.graph, 'c'), [30003, 77]).hops
    assert.equal(hop?.action, 'drop')
    assert.match(hop?.why ?? '', /c: it asked for .*: it has no row for its own label of 10\.0\.0\.3\/32/)
  }
  const { network } = row('no-php')
  assert.equal(trace(network, at(network.graph, 'c'), [30003]).hops[0]?.action, 'end')
})

test('an adjacency-SID sends over its own link, index of the SRLB or label', () => {
  const graph = graphOf(
    [node('a', { srlb: [{ first: 15000, size: 1000 }] }), node('b')],
    [
      { from: 'a', to: 'b', metric: 1, oneWay: true, extra: { adjacencySids: [{ index: 7, flags: [], weight: 0 }] } },
      { from: 'b', to: 'a', metric: 1, oneWay: true },
    ],
  )
  const labels = adjacencyLabels(graph)
  assert.deepEqual(labels, [{ node: at(graph, 'a'), label: 15007, link: 0, to: at(graph, 'b') }])
  const blocks = graph.nodes.map(() => [])
  const network = new LabelNetwork({ graph, topologies: new Map(), blocks, sids: [], localLabels: labels })
  assert.deepEqual(
    trace(network, at(graph, 'a'), [15007]).hops.map((hop) => [graph.nodes[hop.node]?.id, hop.action]),
    [
      ['a', 'pop'],
      ['b', 'deliver'],
    ],
  )
  assert.equal(trace(network.without({ links: new Set([0]) }), at(graph, 'a'), [15007]).hops[0]?.action, 'drop')
})

test('equal paths are all traced, and meet again as one hop', () => {
  const graph = graphOf(
    [node('a'), node('b'), node('c'), node('d')],
    [
      { from: 'a', to: 'b', metric: 1 },
      { from: 'a', to: 'c', metric: 1 },
      { from: 'b', to: 'd', metric: 1 },
      { from: 'c', to: 'd', metric: 1 },
    ],
  )
  const members = [{ node: at(graph, 'd'), cost: 0, lastHop: 'no-php' as const }]
  const sid: PrefixSidEntry = { prefix: '10.0.0.4/32', algorithm: 0, index: 4, members, nodeSid: true, owner: 'd' }
  const blocks = graph.nodes.map(() => [{ first: 16000, size: 100 }])
  const network = new LabelNetwork({ graph, topologies: new Map([[0, igpTopology(graph)]]), blocks, sids: [sid] })
  const { hops } = trace(network, at(graph, 'a'), [16004])
  assert.deepEqual(
    hops.map((hop) => [graph.nodes[hop.node]?.id, hop.position]),
    [
      ['a', 0],
      ['b', 1],
      ['c', 1],
      ['d', 2],
      ['d', 2],
    ],
  )
})
