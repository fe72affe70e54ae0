import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, NodeRecord, PrefixRecord } from '@segchain/records'
import {
  advertisedNetwork,
  buildGraph,
  endingSids,
  type Graph,
  igpInstancesOf,
  joinInstances,
  type LabelNetwork,
  labelTable,
  nodeName,
  snapshotOf,
  trace,
} from '../src/index.js'

/** Of one instance each: the nodes' ids begin with the instance, as the collector's do. */
const level = (number: 1 | 2) => ({ protocol: `isis-l${number}`, instanceId: '0' }) as const
type Owner = ReturnType<typeof level> | { protocol: 'ospfv2'; instanceId: '0'; areaId: string }
const area = (areaId: string) => ({ protocol: 'ospfv2', instanceId: '0', areaId }) as const
const idOf = (owner: Owner, name: string) => `${owner.protocol}${'areaId' in owner ? owner.areaId : ''}:${name}`

function node(owner: Owner, name: string, extra: Partial<NodeRecord> = {}): NodeRecord {
  const first = 16000 + 1000 * 'abcdefgh'.indexOf(name)
  return {
    kind: 'node',
    id: idOf(owner, name),
    ...owner,
    routerId: name,
    name,
    srgb: [{ first, size: 1000 }],
    ...extra,
  }
}

function link(owner: Owner, a: string, b: string, igpMetric: number, extra: Partial<LinkRecord> = {}): LinkRecord[] {
  const { protocol, instanceId } = owner
  const one = (from: string, to: string): LinkRecord => ({
    kind: 'link',
    id: `${idOf(owner, from)}>${to}`,
    ...{ protocol, instanceId, igpMetric, localNode: idOf(owner, from), remoteNode: idOf(owner, to), ...extra },
  })
  return [one(a, b), one(b, a)]
}

function prefix(owner: Owner, name: string, metric: number, flags: string[], extra: Partial<PrefixRecord> = {}) {
  const prefixSids = [{ algorithm: 0, index: 7, flags }]
  const id = `p@${idOf(owner, name)}`
  return {
    kind: 'prefix',
    id,
    ...owner,
    node: idOf(owner, name),
    prefix: '10.0.0.7/32',
    metric,
    prefixSids,
    ...extra,
  } as PrefixRecord
}

function networkOf(records: readonly (NodeRecord | LinkRecord | PrefixRecord)[]): {
  graph: Graph
  network: LabelNetwork
} {
  const snapshot = snapshotOf(records)
  const instances = igpInstancesOf(snapshot)
  const [first] = instances
  assert.ok(first)
  const graph = instances.length === 1 ? buildGraph(snapshot, first) : joinInstances(snapshot, instances)
  assert.ok(graph)
  return { graph, network: advertisedNetwork(graph, snapshot.prefixes) }
}

const walk = ({ graph, network }: ReturnType<typeof networkOf>, from: string, label: number) =>
  trace(network, numberOf(graph, from), [label]).hops.map(
    (hop) => `${nodeName(graph.nodes[hop.node] as Graph['nodes'][number])} ${hop.stack.join('/')} ${hop.action}`,
  )
const numberOf = (graph: Graph, name: string) => graph.nodes.findIndex((one) => nodeName(one) === name)

/** a -10- b -10- c in level 1; b and c join level 2, where d is: b -10- d, c -30- d. d's prefix is leaked down. */
const l1 = level(1)
const l2 = level(2)
const leaked = { igpFlags: ['down'], attributeFlags: ['readvertisement', 'node'] }
const twoLevels = [
  ...['a', 'b', 'c'].map((name) => node(l1, name)),
  ...['b', 'c', 'd'].map((name) => node(l2, name)),
  ...link(l1, 'a', 'b', 10),
  ...link(l1, 'a', 'c', 10),
  ...link(l2, 'b', 'd', 10),
  ...link(l2, 'c', 'd', 30),
  prefix(l2, 'd', 0, ['node']),
]
const leaks = [
  prefix(l1, 'b', 10, ['readvertisement', 'node', 'no-php'], leaked),
  prefix(l1, 'c', 30, ['readvertisement', 'node', 'no-php'], leaked),
]

test('a SID leaked from level 2 leads over the border router with the smaller sum, and on from there (RFC 8667 §2.1.1.2)', () => {
  // source: by hand. From a: over b 10 + 10, over c 10 + 30. b swaps (the P-flag is set on what is re-advertised),
  // and pops for d, which is the originator and asks for penultimate hop popping.
  const whole = networkOf([...twoLevels, ...leaks])
  assert.deepEqual(walk(whole, 'a', 16007), ['a 16007 swap', 'b 17007 pop', 'd  deliver'])
  assert.deepEqual(
    labelTable(whole.network, numberOf(whole.graph, 'b')).map(({ label, action }) => [label, action]),
    [[17007, 'pop']],
  )
})

test('a border router follows level 2 and not what the other border router leaks, as long as it can', () => {
  // source: RFC 5302 §3.2: level 1, then level 2, then what comes down from level 2.
  const whole = networkOf([...twoLevels, ...leaks])
  assert.deepEqual(walk(whole, 'c', 18007), ['c 18007 pop', 'd  deliver'])
  // Without c-d it is cut off in level 2, and goes over a to b.
  const isCut = (record: { id: string }) => /l2:(c>d|d>c)$/.test(record.id)
  const cut = networkOf([...twoLevels, ...leaks.slice(0, 1)].filter((record) => !isCut(record)))
  assert.deepEqual(walk(cut, 'c', 18007), ['c 18007 swap', 'a 16007 swap', 'b 17007 pop', 'd  deliver'])
})

test('where a router of the level itself has the prefix, what is leaked down is no way to it', () => {
  const whole = networkOf([...twoLevels, ...leaks, node(l1, 'e'), ...link(l1, 'a', 'e', 1000), prefix(l1, 'e', 0, [])])
  assert.deepEqual(walk(whole, 'a', 16007), ['a 16007 pop', 'e  deliver'])
})

test('with the records of one level alone, the packet leaves what is known at the border router', () => {
  const oneLevel = [...twoLevels, ...leaks].filter((record) => record.protocol === 'isis-l1')
  const { graph, network } = networkOf(oneLevel)
  const { hops } = trace(network, numberOf(graph, 'a'), [16007])
  assert.deepEqual(
    hops.map(({ action }) => action),
    ['swap', 'leave'],
  )
  assert.match(hops[1]?.why ?? '', /^b has 10\.0\.0\.7\/32 from an area or level that is not in this topology$/)
  assert.deepEqual(labelTable(network, numberOf(graph, 'b')), [])
  assert.deepEqual(endingSids(network.sids), [])
})

test('a loopback of its own that a level 1-2 router has in both levels ends there in both', () => {
  // source: RFC 8667 §2.1.1.2: the R-flag is not set for addresses that are local to the router.
  const own = [prefix(l1, 'b', 0, ['node', 'no-php']), prefix(l2, 'b', 0, ['node', 'no-php'])]
  const whole = networkOf([...twoLevels.filter((record) => record.kind !== 'prefix'), ...own])
  assert.deepEqual(walk(whole, 'a', 16007), ['a 16007 swap', 'b 17007 end', 'b  deliver'])
  assert.deepEqual(walk(whole, 'd', 19007), ['d 19007 swap', 'b 17007 end', 'b  deliver'])
})

test('in OSPF a route of the area comes before one of another area, and the A-flag tells whose it is (RFC 8665 §5)', () => {
  const back = area('0.0.0.0')
  const one = area('0.0.0.1')
  const records = [
    ...['a', 'b'].map((name) => node(one, name)),
    ...['b', 'd'].map((name) => node(back, name)),
    ...link(one, 'a', 'b', 10),
    ...link(back, 'b', 'd', 10),
  ]
  const ofD = prefix(back, 'd', 0, [], { ospfRouteType: 'intra-area' })
  const interArea = { ospfRouteType: 'inter-area' }
  const far = networkOf([...records, ofD, prefix(one, 'b', 10, ['no-php'], interArea)])
  assert.deepEqual(walk(far, 'a', 16007), ['a 16007 swap', 'b 17007 pop', 'd  deliver'])
  // b's own loopback is in area 0; into area 1 it goes as inter-area, with the A-flag, and its label ends at b.
  const own = [
    prefix(back, 'b', 0, ['no-php'], { ospfRouteType: 'intra-area' }),
    prefix(one, 'b', 0, ['no-php'], { ...interArea, attributeFlags: ['attached'] }),
  ]
  assert.deepEqual(walk(networkOf([...records, ...own]), 'a', 16007), ['a 16007 swap', 'b 17007 end', 'b  deliver'])
  // An external route of the same prefix does not count beside either.
  const external = [node(one, 'e'), ...link(one, 'a', 'e', 1), prefix(one, 'e', 0, [], { ospfRouteType: 'external-2' })]
  assert.deepEqual(walk(networkOf([...records, ...own, ...external]), 'a', 16007)[1], 'b 17007 end')
})

test('with the M-flag a Flex-Algo goes over the border router that is nearer in the algorithm, and over none that cannot', () => {
  // source: RFC 9350 §13.1, by hand: by the IGP's metrics b is nearer (20 against 40), by those of the algorithm c.
  const fad = { algorithm: 128, metricType: 0, calculationType: 0, priority: 128, flags: ['prefix-metric'] }
  const inAlgorithm = { algorithms: [0, 128], flexAlgoDefinitions: [fad] }
  const records = [...twoLevels, ...leaks].map((record) => {
    if (record.kind === 'node') return { ...record, ...inAlgorithm }
    if (record.kind === 'link') return record
    const prefixSids = record.prefixSids?.map((sid) => ({ ...sid, algorithm: 128 })) ?? []
    const metric = record.node.endsWith('b') ? 200 : 5
    return { ...record, prefixSids, ...(record.igpFlags ? { flexAlgoMetrics: [{ algorithm: 128, metric }] } : {}) }
  })
  assert.deepEqual(walk(networkOf(records), 'a', 16007)[1], 'c 18007 pop')
  const without = records.map((record) =>
    record.kind === 'prefix' && record.node.endsWith('c') ? { ...record, flexAlgoMetrics: [] } : record,
  )
  assert.deepEqual(walk(networkOf(without), 'a', 16007)[1], 'b 17007 pop')
})
