import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, NodeRecord } from '@segchain/records'
import { advertisedTopologies, electoratesOf, joinInstances, nodeName, snapshotOf } from '../src/index.js'
import { graphOf, node } from './support/network.js'

const fad = (priority: number, excludeAny: number[] = []) => ({
  algorithm: 128,
  ...{ metricType: 0, calculationType: 0, priority, excludeAny },
})
const member = { algorithms: [0, 128] }

test('each level elects its own definition: a FAD stays in its area (RFC 9350 §5.1)', () => {
  // source: by hand. r2 joins the levels. Level 1 has a definition with priority 255, level 2 one with 10 that keeps
  // off bit 0; neither is known in the other.
  const records: (NodeRecord | LinkRecord)[] = []
  const add = (level: 1 | 2, names: string[], definition: ReturnType<typeof fad>) => {
    const owner = { protocol: `isis-l${level}`, instanceId: '0' } as const
    for (const name of names) {
      const defines = name === names[1] ? { flexAlgoDefinitions: [definition] } : {}
      records.push({ kind: 'node', id: `${level}${name}`, ...owner, routerId: name, name, ...member, ...defines })
    }
    for (const [a, b] of [names, [...names].reverse()]) {
      const ends = { localNode: `${level}${a}`, remoteNode: `${level}${b}` }
      records.push({ kind: 'link', id: `${level}${a}${b}`, ...owner, ...ends, igpMetric: 10, adminGroups: [0] })
    }
  }
  add(1, ['r2', 'r1'], fad(255))
  add(2, ['r2', 'r3'], fad(10, [0]))
  const snapshot = snapshotOf(records)
  const levels = (['isis-l1', 'isis-l2'] as const).map((protocol) => ({ protocol, instanceId: '0' }))
  const graph = joinInstances(snapshot, levels)
  assert.ok(graph)
  assert.equal(electoratesOf(graph).all.length, 2)
  const topology = advertisedTopologies(graph).topologies.get(128)
  const usable = graph.links
    .filter(({ index }) => Number.isFinite(topology?.weights[index]))
    .map(({ from, to }) =>
      [from, to].map((end) => nodeName(graph.nodes[end] as (typeof graph.nodes)[number])).join('-'),
    )
  assert.deepEqual(usable.sort(), ['r1-r2', 'r2-r1'])
})

test('a router takes part in the levels in which it says so (the SR-Algorithm is of the area, RFC 8667 §3.2)', () => {
  const owner = (level: 1 | 2) => ({ protocol: `isis-l${level}`, instanceId: '0' }) as const
  const router = (level: 1 | 2, name: string, algorithms: number[]): NodeRecord => ({
    ...{ kind: 'node', id: `${level}${name}`, ...owner(level), routerId: name, name, algorithms },
    flexAlgoDefinitions: [fad(100)],
  })
  const both = (level: 1 | 2, a: string, b: string): LinkRecord[] =>
    [
      [a, b],
      [b, a],
    ].map(([from, to]) => ({
      ...{ kind: 'link', id: `${level}${from}${to}`, ...owner(level), igpMetric: 10 },
      ...{ localNode: `${level}${from}`, remoteNode: `${level}${to}` },
    }))
  const snapshot = snapshotOf([
    ...[router(1, 'r1', [0, 128]), router(1, 'r2', [0, 128]), ...both(1, 'r1', 'r2')],
    ...[router(2, 'r2', [0]), router(2, 'r3', [0, 128]), ...both(2, 'r2', 'r3')],
  ])
  const graph = joinInstances(snapshot, [owner(1), owner(2)])
  assert.ok(graph)
  const topology = advertisedTopologies(graph).topologies.get(128)
  assert.deepEqual(
    graph.links.filter(({ index }) => Number.isFinite(topology?.weights[index])).map(({ record }) => record.id),
    ['1r1r2', '1r2r1'],
  )
})

test('each partition of an area elects for itself: what cannot be reached does not count (RFC 7981 §2)', () => {
  const graph = graphOf(
    [
      node('a', { ...member, flexAlgoDefinitions: [fad(100)] }),
      node('b', member),
      node('c', { ...member, flexAlgoDefinitions: [fad(200, [0])] }),
      node('d', member),
      node('e', member),
      node('f', member),
    ],
    [
      { from: 'a', to: 'b', metric: 1, extra: { adminGroups: [0] } },
      { from: 'c', to: 'd', metric: 1, extra: { adminGroups: [0] } },
      { from: 'e', to: 'f', metric: 1, extra: { adminGroups: [0] } },
    ],
  )
  const topology = advertisedTopologies(graph).topologies.get(128)
  const why = (id: string) => topology?.pruned.get(graph.links.findIndex(({ record }) => record.id.startsWith(id)))
  assert.equal(why('a-b'), undefined)
  assert.match(why('c-d') ?? '', /exclude-any/)
  assert.equal(why('e-f'), 'nobody there advertises a definition of the algorithm')
})
