import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PrefixRecord } from '@segchain/records'
import { advertisedNetwork, advertisedSids, trace } from '../src/index.js'
import { at, graphOf, node } from './support/network.js'

const owner = { protocol: 'isis-l2', instanceId: '0' } as const
const prefix = (name: string, text: string, extra: Partial<PrefixRecord> = {}): PrefixRecord => ({
  ...{ kind: 'prefix', id: `${text}@${name}`, ...owner, node: name, prefix: text },
  ...extra,
})
const range = (name: string, text: string, index: number, size: number) =>
  prefix(name, text, { sidRanges: [{ size, flags: [], sids: [{ algorithm: 0, index, flags: [] }] }] })

/** a - b - c - d; d knows no segment routing. */
const graph = graphOf(
  [node('a'), node('b'), node('c'), node('d', { srgb: [] })],
  ['a-b', 'b-c', 'c-d'].map((text) => ({ from: text[0] as string, to: text[2] as string, metric: 1 })),
)

test('a mapping server gives consecutive indexes to consecutive prefixes of others (RFC 8661 §3.2)', () => {
  // source: RFC 8660 A.2.12: range 100 from 203.0.113.1/32 maps 203.0.113.17/32 to the index 17 when it begins with 1.
  const sids = advertisedSids(graph, [
    range('a', '203.0.113.1/32', 1, 100),
    prefix('d', '203.0.113.17/32', { metric: 5 }),
  ])
  assert.deepEqual(
    sids.map(({ prefix: of, index, members }) => [of, index, members]),
    [['203.0.113.17/32', 17, [{ node: at(graph, 'd'), cost: 5, lastHop: 'php' }]]],
  )
  const network = advertisedNetwork(graph, [
    range('a', '203.0.113.1/32', 1, 100),
    prefix('d', '203.0.113.17/32', { metric: 5 }),
  ])
  assert.deepEqual(
    trace(network, at(graph, 'a'), [16017]).hops.map((hop) => [graph.nodes[hop.node]?.id, hop.action]),
    [
      ['a', 'swap'],
      ['b', 'swap'],
      ['c', 'pop'],
      ['d', 'deliver'],
    ],
  )
})

test('what is outside of the range, of another length, or nobody’s prefix has no SID', () => {
  const server = range('a', '203.0.113.16/32', 1, 4)
  const indexes = (text: string, extra: Partial<PrefixRecord> = { metric: 0 }) =>
    advertisedSids(graph, [server, prefix('d', text, extra)]).map(({ index }) => index)
  assert.deepEqual(indexes('203.0.113.16/32'), [1])
  assert.deepEqual(indexes('203.0.113.19/32'), [4])
  for (const text of ['203.0.113.15/32', '203.0.113.20/32', '203.0.113.16/30', '2001:db8::10/128'])
    assert.deepEqual(indexes(text), [], text)
  assert.deepEqual(indexes('203.0.113.16/32', {}), [], 'not reachable')
  const v6 = advertisedSids(graph, [
    range('a', '2001:db8:0:10::/64', 7, 3),
    prefix('d', '2001:db8:0:12::/64', { metric: 0 }),
  ])
  assert.deepEqual(
    v6.map(({ index }) => index),
    [9],
  )
})

test('a SID of the prefix itself comes before a mapping, and of servers the one with the highest preference', () => {
  const own = prefix('d', '203.0.113.17/32', { metric: 0, prefixSids: [{ algorithm: 0, index: 500, flags: [] }] })
  assert.deepEqual(
    advertisedSids(graph, [range('a', '203.0.113.1/32', 1, 100), own]).map(({ index }) => index),
    [500],
  )
  const preferring = (a: number, b: number) => {
    const made = graphOf(
      [node('a', { srmsPreference: a }), node('b', { srmsPreference: b }), node('d')],
      [
        { from: 'a', to: 'b', metric: 1 },
        { from: 'b', to: 'd', metric: 1 },
      ],
    )
    const records = [range('a', '203.0.113.1/32', 1, 100), range('b', '203.0.113.1/32', 301, 100)]
    return advertisedSids(made, [...records, prefix('d', '203.0.113.17/32', { metric: 0 })]).map(({ index }) => index)
  }
  assert.deepEqual(preferring(200, 100), [17])
  assert.deepEqual(preferring(100, 200), [317])
  assert.deepEqual(preferring(0, 1), [317])
  assert.deepEqual(preferring(0, 0), [])
})

test('an OSPF prefix-SID with the M-flag is for whoever has the prefix, not for the server', () => {
  const server = prefix('a', '203.0.113.17/32', {
    prefixSids: [{ algorithm: 0, index: 17, flags: ['mapping-server', 'no-php'] }],
  })
  const [sid] = advertisedSids(graph, [server, prefix('d', '203.0.113.17/32', { metric: 0 })])
  assert.deepEqual(sid?.members, [{ node: at(graph, 'd'), cost: 0, lastHop: 'php' }])
})
