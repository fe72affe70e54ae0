// The examples of RFCs, as the engine answers them. Where an RFC draws and does not calculate, the answer is by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdjacencySid, LabelRange, NodeRecord, PrefixRecord } from '@segchain/records'
import {
  advertisedNetwork,
  DistanceCache,
  forward,
  type Graph,
  igpTopology,
  type LabelNetwork,
  labelTable,
  repairsOf,
  trace,
} from '../src/index.js'
import { at, graphOf, type LinkSpec, node } from './support/network.js'

const owner = { protocol: 'isis-l2', instanceId: '0' } as const

function sid(router: string, prefix: string, index: number, more: { algorithm?: number; flags?: string[] } = {}) {
  const prefixSids = [{ algorithm: more.algorithm ?? 0, index, flags: more.flags ?? ['node'] }]
  const record: PrefixRecord = {
    kind: 'prefix',
    id: `${prefix}@${router}${more.algorithm}`,
    ...owner,
    node: router,
    prefix,
    metric: 0,
    prefixSids,
  }
  return record
}

const one = (text: string, metric = 1): LinkSpec => {
  const [from = '', to = ''] = text.split('-')
  return { from, to, metric }
}

/** `r2 1008>1008 r3`: every step of a packet, in order, each once. */
function steps(network: LabelNetwork, from: string, stack: number[]): string[] {
  const name = (index: number) => network.graph.nodes[index]?.id
  const { hops, loop } = trace(network, at(network.graph, from), stack)
  assert.equal(loop, false)
  const all = hops.flatMap((hop) =>
    hop.next.map(
      (next) =>
        `${name(hop.node)} ${hop.stack.join('/')}>${hops[next]?.stack.join('/')} ${name(hops[next]?.node ?? -1)}`,
    ),
  )
  return [...new Set(all)].sort()
}

/** Figure 1 and 2 of RFC 8660 appendix A.1. */
function figureOfRfc8660(): LabelNetwork {
  const srgb = [{ first: 1000, size: 4001 }]
  const local = (label: number, flags: string[] = []): AdjacencySid => ({
    label,
    flags: ['value', 'local', ...flags],
    weight: 0,
  })
  const adjacency = (from: string, to: string, label: number): LinkSpec[] => [
    { from, to, metric: 1, oneWay: true, extra: { adjacencySids: [local(label), local(9003, ['set'])] } },
    { from: to, to: from, metric: 1, oneWay: true },
  ]
  const graph = graphOf(
    ['R0', 'R1', 'R2', 'R3', 'R4', 'R5', 'R8'].map((name) => node(name, { srgb })),
    [
      ...['R0-R1', 'R1-R2', 'R2-R4', 'R4-R3', 'R2-R5', 'R5-R3', 'R3-R8'].map((text) => one(text)),
      ...adjacency('R2', 'R3', 9001),
      ...adjacency('R2', 'R3', 9002),
    ],
  )
  const prefixes = [1, 2, 3, 4, 8].map((number) => sid(`R${number}`, `192.0.2.${number}/32`, number))
  const anycast = ['R4', 'R5'].map((name) => sid(name, '198.51.100.9/32', 1009, { flags: [] }))
  return advertisedNetwork(graph, [...prefixes, ...anycast])
}

test('RFC 8660 A.1: R1 reaches R8 by 1008 over R2, both links to R3, and R3 pops', () => {
  const network = figureOfRfc8660()
  assert.deepEqual(steps(network, 'R1', [1008]), ['R1 1008>1008 R2', 'R2 1008>1008 R3', 'R3 1008> R8'])
  const result = forward(network, at(network.graph, 'R2'), 1008)
  assert.equal(result.action === 'forward' && result.branches.length, 2)
})

test('RFC 8660 A.1: 9001 and 9002 are a link each, 9003 is the set of both (RFC 8402 §3.4.1)', () => {
  const network = figureOfRfc8660()
  const R2 = at(network.graph, 'R2')
  const linksOf = (label: number) => {
    const result = forward(network, R2, label)
    return result.action === 'forward' ? result.branches.map(({ link }) => link) : []
  }
  assert.equal(new Set([...linksOf(9001), ...linksOf(9002)]).size, 2)
  assert.deepEqual(linksOf(9003).sort(), [...linksOf(9001), ...linksOf(9002)].sort())
  assert.equal(labelTable(network, R2).find(({ label }) => label === 9003)?.branches.length, 2)
})

test('RFC 8660 A.1: the anycast index 1009 is the label 2009, shared between R4 and R5', () => {
  assert.deepEqual(steps(figureOfRfc8660(), 'R1', [2009]), ['R1 2009>2009 R2', 'R2 2009> R4', 'R2 2009> R5'])
})

/** A, and B and C behind it, which ask for the same index. */
function collision(index: number, ofB: [string, number?], ofC: [string, number?]): string | undefined {
  const srgb = [{ first: 1000, size: 1000 }]
  const graph = graphOf(
    ['A', 'B', 'C'].map((name) => node(name, { srgb, algorithms: [0, 1] })),
    [one('A-B'), one('A-C')],
  )
  const record = (name: string, [prefix, algorithm = 0]: [string, number?]) => sid(name, prefix, index, { algorithm })
  const network = advertisedNetwork(graph, [record('B', ofB), record('C', ofC)])
  assert.equal(labelTable(network, at(graph, 'A')).length, 1)
  const result = forward(network, at(graph, 'A'), 1000 + index)
  return result.action === 'forward' ? graph.nodes[result.branches[0]?.node ?? -1]?.id : undefined
}

test('RFC 8660 A.2 and A.3.1: of segments that ask for one label, one has it, and the losers have none', () => {
  // source: RFC 8660 A.2.6 (IPv4 before IPv6), A.2.7 (the shorter prefix), A.2.8 and A.3.1 (the smaller prefix), A.2.11
  // (the smaller algorithm; there 22, here 1), A.2.12 (203.0.113.17 before .117: as numbers, not as text).
  assert.equal(collision(11, ['203.0.113.111/32'], ['2001:db8:1000::11/128']), 'B')
  assert.equal(collision(12, ['203.0.113.112/32'], ['203.0.113.128/30']), 'C')
  assert.equal(collision(13, ['203.0.113.113/32'], ['203.0.113.213/32']), 'B')
  assert.equal(collision(22, ['203.0.113.122/32'], ['203.0.113.222/32']), 'B')
  assert.equal(collision(16, ['203.0.113.116/32'], ['203.0.113.116/32', 1]), 'B')
  assert.equal(collision(17, ['203.0.113.117/32'], ['203.0.113.17/32']), 'C')
  assert.equal(collision(18, ['203.0.113.9/32'], ['203.0.113.10/32']), 'B')
})

/** a to d over b and over c, which has this SRGB. */
function squareWith(srgb: LabelRange[]): { graph: Graph; network: LabelNetwork } {
  const graph = graphOf(
    ['a', 'b', 'c', 'd'].map((name): NodeRecord => node(name, name === 'c' ? { srgb } : {})),
    ['a-b', 'a-c', 'b-d', 'c-d'].map((text) => one(text)),
  )
  return { graph, network: advertisedNetwork(graph, [sid('d', '192.0.2.4/32', 4, { flags: ['no-php'] })]) }
}

test('RFC 8660 §2.3: an SRGB with ranges that overlap, or with special-purpose labels, counts as none', () => {
  const overlapping = [
    { first: 16000, size: 100 },
    { first: 16050, size: 100 },
  ]
  for (const srgb of [overlapping, [{ first: 3, size: 1000 }], [{ first: 15, size: 2 }]]) {
    const { graph } = squareWith(srgb)
    assert.deepEqual(graph.nodes[at(graph, 'c')]?.srgb, [])
  }
  const { graph } = squareWith([
    { first: 16100, size: 100 },
    { first: 16000, size: 100 },
  ])
  assert.equal(graph.nodes[at(graph, 'c')]?.srgb.length, 2)
})

test('RFC 8660 §2.10.1: where a next router has no label for the segment, the other ones are used', () => {
  for (const srgb of [[], [{ first: 16000, size: 4 }]]) {
    const { network } = squareWith(srgb)
    assert.deepEqual(steps(network, 'a', [16004]), ['a 16004>16004 b', 'b 16004>16004 d', 'd 16004> d'])
  }
  const { graph, network } = squareWith([])
  const cut = network.without({ nodes: new Set([at(graph, 'b')]) })
  const result = forward(cut, at(graph, 'a'), 16004)
  assert.match(result.action === 'drop' ? result.why : '', /no next router has a label for index 4/)
})

test('RFC 8402 §3.3.1: by the anycast segment 100 of the group A, PE1 goes over A1 or A2 in the blue plane to PE3', () => {
  // source: the drawing of RFC 8402 §3.3.1 (group A with SID 100, group B with 200, PE3 with 30), its answer {100, 30}.
  const names = ['PE1', 'PE3', 'R1', 'R3', 'A1', 'A2', 'A3', 'A4', 'B1', 'B2']
  const graph = graphOf(
    names.map((name) => node(name, { srgb: [{ first: 1000, size: 1000 }] })),
    [
      ...['PE1-R1', 'R1-A1', 'R1-A2', 'A1-A3', 'A1-A4', 'A2-A3', 'A2-A4', 'A3-R3', 'A4-R3', 'R3-PE3'],
      // The other plane is as near, and one hop shorter.
      ...['R1-B1', 'B1-B2', 'B2-R3'],
    ].map((text) => one(text)),
  )
  const members = (group: string[], prefix: string, index: number) =>
    group.map((name) => sid(name, prefix, index, { flags: [] }))
  const network = advertisedNetwork(graph, [
    ...members(['A1', 'A2', 'A3', 'A4'], '192.0.2.10/32', 100),
    ...members(['B1', 'B2'], '192.0.2.20/32', 200),
    sid('PE3', '203.0.113.3/32', 30),
  ])
  const met = (stack: number[]) =>
    new Set(trace(network, at(graph, 'PE1'), stack).hops.map((hop) => graph.nodes[hop.node]?.id?.[0]))
  assert.deepEqual([...met([1100, 1030])].sort(), ['A', 'P', 'R'])
  assert.deepEqual([...met([1200, 1030])].sort(), ['B', 'P', 'R'])
  const ofR1 = steps(network, 'PE1', [1100, 1030]).filter((step) => step.startsWith('R1'))
  assert.deepEqual(ofR1, ['R1 1100/1030>1030 A1', 'R1 1100/1030>1030 A2'])
})

test('RFC 8670 §4: in a Clos network 16011 takes every equal path from node 1 to node 11, and nodes 9 and 10 pop it', () => {
  // source: RFC 8670 figure 1 and its tables: node 4 swaps 16011 to {7, 8}, node 7 to 10, node 10 pops to 11.
  const links = [
    '1-3',
    '1-4',
    '2-3',
    '2-4',
    '3-5',
    '3-6',
    '4-7',
    '4-8',
    '5-9',
    '6-9',
    '7-10',
    '8-10',
    '9-11',
    '9-12',
    '10-11',
    '10-12',
  ]
  const graph = graphOf(
    Array.from({ length: 12 }, (_, i) => node(String(i + 1))),
    links.map((text) => one(text)),
  )
  const network = advertisedNetwork(graph, [sid('11', '192.0.2.11/32', 11), sid('5', '192.0.2.5/32', 5)])
  assert.deepEqual(
    steps(network, '1', [16011]).filter((step) => /^(1|4|7|10) /.test(step)),
    ['1 16011>16011 3', '1 16011>16011 4', '10 16011> 11', '4 16011>16011 7', '4 16011>16011 8', '7 16011>16011 10'],
  )
  assert.equal(steps(network, '1', [16011]).length, 12)
  // By hand: through node 5 alone.
  assert.deepEqual(steps(network, '1', [16005, 16011]), [
    '1 16005/16011>16005/16011 3',
    '3 16005/16011>16011 5',
    '5 16011>16011 9',
    '9 16011> 11',
  ])
})

/** Segments by name: `node c`, `adjacency d-e`. */
function repairOf(graph: Graph, link: string, protection: 'link' | 'node', destination: string): string[] | undefined {
  const [from = '', to = ''] = link.split('-')
  const index = graph.links.find((one) => one.from === at(graph, from) && one.to === at(graph, to))?.index ?? -1
  const name = (number: number) => graph.nodes[number]?.id
  return repairsOf(new DistanceCache(igpTopology(graph)), index, protection)
    .find((repair) => repair.destination === at(graph, destination))
    ?.segments.map((segment) =>
      segment.kind === 'node'
        ? `node ${name(segment.node)}`
        : `adjacency ${name(graph.links[segment.link]?.from ?? -1)}-${name(segment.to)}`,
    )
}

test('RFC 7490 §2: on a ring of six, S repairs S-E by a tunnel to C', () => {
  // source: RFC 7490 figure 1 and §5.2.1: C is the one PQ node of the link S-E with the extended P-space of A.
  const graph = graphOf(
    ['S', 'E', 'D', 'C', 'B', 'A'].map((name) => node(name)),
    ['S-E', 'E-D', 'D-C', 'C-B', 'B-A', 'A-S'].map((text) => one(text)),
  )
  assert.deepEqual(repairOf(graph, 'S-E', 'link', 'E'), ['node C'])
  assert.deepEqual(repairOf(graph, 'S-E', 'link', 'D'), ['node C'])
})

test('RFC 9855: around a node, P and Q may be apart: a node-SID and an adjacency-SID for each dear link', () => {
  // source: the example network of RFC 9855 (its links marked *** have a metric of 1,000), answers by hand. Without N1 the
  // way from S to D is N2 R1 R2 R3 D. From N2, R1 is one hop (P). From R1 to R2, and from R2 to R3, the tables of
  // before lead over N1 and over D and N1: each needs its adjacency. R3 is next to D (Q).
  const graph = graphOf(
    ['S', 'N1', 'N2', 'R1', 'R2', 'R3', 'D'].map((name) => node(name)),
    [
      ...['S-N1', 'N1-D', 'S-N2', 'N2-R1', 'N1-R1', 'N1-R2', 'R3-D'].map((text) => one(text)),
      ...['R1-R2', 'R2-R3'].map((text) => one(text, 1000)),
    ],
  )
  assert.deepEqual(repairOf(graph, 'S-N1', 'node', 'D'), ['node R1', 'adjacency R1-R2', 'adjacency R2-R3'])
  // Of the link alone N1 is left: from N2 half of the packets would come back over S, from R1 none.
  assert.deepEqual(repairOf(graph, 'S-N1', 'link', 'D'), ['node R1'])
  assert.deepEqual(repairOf(graph, 'S-N1', 'link', 'N1'), ['node R1'])
})
