import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PrefixRecord } from '@segchain/records'
import { advertisedNetwork, buildGraph, labelTable, snapshotOf } from '../src/index.js'
import { at, links, node } from './support/network.js'

const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const sid = (owner: string, index: number, flags: readonly string[] = ['node'], algorithm = 0): PrefixRecord => ({
  kind: 'prefix',
  id: `${index}@${owner}`,
  ...instance,
  node: owner,
  prefix: `10.0.0.${index}/32`,
  metric: 0,
  prefixSids: [{ algorithm, index, flags: [...flags] }],
})

/** a and b and c on a LAN, d behind c; d keeps its label, and a and c are both 10.0.0.9. */
function lan() {
  const snapshot = snapshotOf([
    node('a', { algorithms: [0] }),
    node('b', { srgb: [{ first: 20000, size: 8000 }] }),
    node('c', { routerId: 'c' }),
    node('d'),
    node('lan', { pseudonode: true }),
    ...links([
      ...['a', 'b', 'c'].flatMap((name) => [
        {
          from: name,
          to: 'lan',
          metric: 10,
          oneWay: true,
          ...(name === 'b'
            ? { extra: { adjacencySids: [{ label: 15001, flags: ['value', 'local'], weight: 0, neighbor: 'c' }] } }
            : {}),
        },
        { from: 'lan', to: name, metric: 0, oneWay: true },
      ]),
      { from: 'c', to: 'd', metric: 10 },
    ]),
    sid('a', 1),
    sid('b', 2),
    sid('c', 3),
    sid('d', 4, ['node', 'no-php']),
    sid('a', 9, ['no-php']),
    sid('c', 9, ['no-php']),
  ])
  const graph = buildGraph(snapshot, instance)
  return { graph, network: advertisedNetwork(graph, snapshot.prefixes) }
}

test('a router has a row for each segment that it reaches, and for its own only where the label arrives', () => {
  const { graph, network } = lan()
  const rows = (name: string) =>
    labelTable(network, at(graph, name)).map(({ label, action, branches }) => [
      label,
      action,
      ...branches.map((branch) => `${graph.nodes[branch.node]?.id} ${branch.label ?? '-'}`),
    ])
  assert.deepEqual(rows('b'), [
    [15001, 'pop', 'c -'],
    [20001, 'pop', 'a -'],
    [20003, 'pop', 'c -'],
    [20004, 'swap', 'c 16004'],
    [20009, 'swap', 'a 16009', 'c 16009'],
  ])
  assert.deepEqual(rows('d'), [
    [16001, 'swap', 'c 16001'],
    [16002, 'swap', 'c 16002'],
    [16003, 'pop', 'c -'],
    [16004, 'end'],
    [16009, 'swap', 'c 16009'],
  ])
})

test('the adjacency-SID of a LAN neighbour goes with that neighbour and with its half of the LAN', () => {
  const { graph, network } = lan()
  const half = graph.links.find((link) => link.from === at(graph, 'lan') && link.to === at(graph, 'c'))?.index ?? -1
  const labels = (outage: Parameters<typeof network.without>[0]) => network.without(outage).localLabels.length
  assert.equal(labels({ links: new Set() }), 1)
  assert.equal(labels({ links: new Set([half]) }), 0)
  assert.equal(labels({ nodes: new Set([at(graph, 'c')]) }), 0)
  assert.equal(labels({ nodes: new Set([at(graph, 'a')]) }), 1)
})
