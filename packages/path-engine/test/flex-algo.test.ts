import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, PrefixRecord } from '@segchain/records'
import {
  type AdvertisedDefinition,
  advertisedDefinitions,
  advertisedSids,
  advertisedTopologies,
  attributeSourceOf,
  compareSystemIds,
  type Definition,
  electDefinition,
  flexAlgoTopology,
  linkValues,
  whyPruned,
  whyUnsupported,
} from '../src/index.js'
import { graphOf, node } from './support/network.js'

const plain: Definition = {
  metricType: 0,
  calculationType: 0,
  priority: 128,
  excludeAny: [],
  includeAny: [],
  includeAll: [],
  excludeSrlgs: [],
  prefixMetric: false,
}
const from = (systemId: string, priority: number): AdvertisedDefinition => ({
  node: systemId,
  systemId,
  definition: { ...plain, priority },
})

test('the highest priority wins, then the highest system-id (RFC 9350 §5.3)', () => {
  const low = from('0000.0000.0009', 100)
  const high = from('0000.0000.0001', 200)
  assert.equal(electDefinition([low, high]), high)
  assert.equal(
    electDefinition([from('0000.0000.0001', 5), from('0000.0000.000a', 5), from('0000.0000.0009', 5)])?.systemId,
    '0000.0000.000a',
  )
  assert.equal(electDefinition([]), undefined)
})

test('router-ids are compared as numbers, not as text', () => {
  assert.ok(compareSystemIds('10.0.0.10', '10.0.0.9') > 0)
  assert.ok(compareSystemIds('9.0.0.0', '10.0.0.0') < 0)
})

test('a definition with something unknown in it wins its election and is followed by nobody', () => {
  const strange = node('z', {
    flexAlgoDefinitions: [
      { algorithm: 128, metricType: 0, calculationType: 0, priority: 255, unknown: [{ code: 9999, value: '00' }] },
    ],
  })
  const [found] = advertisedDefinitions([strange], 128)
  assert.ok(found)
  assert.equal(electDefinition([from('y', 254), found]), found)
  assert.match(whyUnsupported(found) ?? '', /9999/)
})

test('the rules of RFC 9350 §13, one by one', () => {
  const values = { affinities: new Set([1, 2]), srlgs: new Set([7]) }
  const why = (rules: Partial<Definition>) => whyPruned(values, { ...plain, ...rules })
  assert.match(why({ excludeAny: [2] }) ?? '', /exclude-any/)
  assert.equal(why({ excludeAny: [3] }), undefined)
  assert.match(why({ excludeSrlgs: [7] }) ?? '', /exclude-srlg/)
  assert.match(why({ includeAny: [3, 4] }) ?? '', /include-any/)
  assert.equal(why({ includeAny: [3, 1] }), undefined)
  assert.match(why({ includeAll: [1, 3] }) ?? '', /include-all/)
  assert.equal(why({ includeAll: [1, 2] }), undefined)
})

const link = (extra: Partial<LinkRecord>): LinkRecord => ({
  kind: 'link',
  id: 'l',
  protocol: 'isis-l2',
  instanceId: '0',
  localNode: 'a',
  remoteNode: 'b',
  ...extra,
})

test('where anybody advertises ASLA, only ASLA values of Flex-Algo count (RFC 9350 §12)', () => {
  const coloured = link({
    adminGroups: [0],
    minDelayUs: 1,
    applicationSpecific: [
      { applications: ['sr-policy'], attributes: { extendedAdminGroups: [5] } },
      { applications: ['flex-algo'], attributes: { extendedAdminGroups: [6] } },
      // source: RFC 9479 §4.2: with empty masks only "when no link attribute advertisements with a non-zero-length
      // Application Identifier Bit Mask and a matching Application Identifier Bit set are present for a given link".
      { applications: ['any'], attributes: { extendedAdminGroups: [7], minDelayUs: 40 } },
    ],
  })
  assert.equal(attributeSourceOf([link({}), coloured]), 'application-specific')
  const values = linkValues(coloured, 'application-specific')
  assert.deepEqual([...values.affinities], [6])
  assert.equal(values.minDelayUs, undefined, 'no part of the block for any application counts beside one that is named')
  const forAny = link({ applicationSpecific: [{ applications: ['any'], attributes: { minDelayUs: 40 } }] })
  assert.equal(linkValues(forAny, 'application-specific').minDelayUs, 40)
  const forOthers = link({ applicationSpecific: [{ applications: ['sr-policy'], attributes: { minDelayUs: 40 } }] })
  assert.equal(linkValues(forOthers, 'application-specific').minDelayUs, undefined)
  assert.equal(linkValues(link({ adminGroups: [0] }), 'application-specific').affinities.size, 0)
})

test('where nobody advertises ASLA, the links own values serve', () => {
  const old = link({ adminGroups: [0], extendedAdminGroups: [33], delayUs: 900 })
  assert.equal(attributeSourceOf([old]), 'legacy')
  assert.deepEqual([...linkValues(old, 'legacy').affinities], [0, 33])
  assert.equal(linkValues(old, 'legacy').minDelayUs, 900)
})

test('a link without the metric is pruned, 0 is not assumed; who does not take part is no transit', () => {
  const graph = graphOf(
    [node('a'), node('b'), node('c')],
    [
      { from: 'a', to: 'b', metric: 1, extra: { minDelayUs: 10 } },
      { from: 'b', to: 'c', metric: 1 },
      { from: 'a', to: 'c', metric: 1, extra: { minDelayUs: 0 } },
    ],
  )
  const topology = flexAlgoTopology(
    graph,
    128,
    { ...plain, metricType: 1 },
    {
      source: 'legacy',
      whyAbsent: (n) => (graph.nodes[n]?.id === 'b' ? 'b sleeps' : undefined),
    },
  )
  const weight = (a: string, b: string) =>
    topology.weights[graph.links.findIndex((l) => l.record.localNode === a && l.record.remoteNode === b)]
  assert.equal(weight('a', 'c'), 0)
  assert.equal(weight('a', 'b'), Number.POSITIVE_INFINITY)
  assert.equal(weight('b', 'c'), Number.POSITIVE_INFINITY)
  assert.deepEqual([...topology.absent.values()], ['b sleeps'])
})

test('the definition of a router that nobody reaches is not elected', () => {
  const fad = (priority: number, excludeAny: number[]) => ({
    flexAlgoDefinitions: [{ algorithm: 128, metricType: 0, calculationType: 0, priority, excludeAny }],
    algorithms: [0, 128],
  })
  const specs = (joined: boolean) => [
    { from: 'a', to: 'b', metric: 1, extra: { adminGroups: [3] } },
    { from: 'b', to: 'z', metric: 1, oneWay: !joined },
  ]
  const cost = (joined: boolean) => {
    const nodes = [node('a', fad(100, [])), node('b', { algorithms: [0, 128] }), node('z', fad(200, [3]))]
    const graph = graphOf(nodes, specs(joined))
    return advertisedTopologies(graph).topologies.get(128)?.weights[0]
  }
  // z is gone (its links are not two-way any more): its definition, which would exclude a-b, is too.
  assert.equal(cost(false), 1)
  assert.equal(cost(true), Number.POSITIVE_INFINITY)
})

test('a prefix of another area has the metric that the M-flag says, and none without it (RFC 9350 §13.1)', () => {
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1 }])
  const topologyOf = (prefixMetric: boolean) =>
    flexAlgoTopology(graph, 128, { ...plain, prefixMetric }, { source: 'legacy', whyAbsent: () => undefined })
  const prefix = (extra: Partial<PrefixRecord>): PrefixRecord => ({
    kind: 'prefix',
    id: 'p',
    protocol: 'isis-l2',
    instanceId: '0',
    node: 'a',
    prefix: '10.0.0.1/32',
    metric: 50,
    prefixSids: [{ algorithm: 128, index: 1, flags: [] }],
    ...extra,
  })
  const cost = (prefixMetric: boolean, extra: Partial<PrefixRecord>) =>
    advertisedSids(graph, [prefix(extra)], new Map([[128, topologyOf(prefixMetric)]]))[0]?.members[0]?.cost
  const own = { flexAlgoMetrics: [{ algorithm: 128, metric: 7 }] }
  const leaked = { igpFlags: ['down'] }
  assert.equal(cost(true, { ...leaked, ...own }), 7)
  assert.equal(cost(true, leaked), undefined)
  assert.equal(cost(true, { attributeFlags: ['readvertisement'] }), undefined)
  assert.equal(cost(true, { attributeFlags: ['external'], ...own }), 7)
  assert.equal(cost(true, { prefixSids: [{ algorithm: 128, index: 1, flags: ['readvertisement'] }], ...own }), 7)
  assert.equal(cost(false, { ...leaked, ...own }), 50)
  assert.equal(cost(true, { ospfRouteType: 'inter-area' }), undefined)
  // Of the area itself: the IGP's metric, and a metric of the algorithm is ignored.
  assert.equal(cost(false, {}), 50)
  assert.equal(cost(true, own), 50)
  assert.equal(cost(true, { ospfRouteType: 'intra-area', ...own }), 50)
})

test('a user-defined metric is the generic one of its type; links without it, or with the largest, are pruned', () => {
  const generic = (metric: number, type = 130) => ({ genericMetrics: [{ type, metric }] })
  const graph = graphOf(
    [node('a'), node('b'), node('c'), node('d'), node('e')],
    [
      { from: 'a', to: 'b', metric: 10, extra: generic(7) },
      { from: 'b', to: 'c', metric: 10, extra: generic(7, 131) },
      { from: 'c', to: 'd', metric: 10 },
      { from: 'd', to: 'e', metric: 10, extra: generic(0xff_ffff) },
    ],
  )
  const definition = { ...plain, metricType: 130 }
  assert.equal(whyUnsupported({ node: 'a', systemId: 'a', definition }), undefined)
  assert.match(whyUnsupported({ node: 'a', systemId: 'a', definition: { ...plain, metricType: 3 } }) ?? '', /type 3/)
  const topology = flexAlgoTopology(graph, 130, definition, { source: 'legacy', whyAbsent: () => undefined })
  const usable = graph.links.filter((link) => Number.isFinite(topology.weights[link.index]))
  assert.deepEqual(usable.map((link) => [link.record.id, topology.weights[link.index]]).sort(), [
    ['a-b-0', 7],
    ['b-a-0', 7],
  ])
  const [pruned] = graph.links.filter((link) => link.record.id === 'c-d-2')
  assert.match(topology.pruned.get(pruned?.index ?? -1) ?? '', /no usable generic metric of type 130/)
})

test('with application-specific attributes, the generic metrics for Flex-Algo alone count (RFC 9350 §12)', () => {
  const link = graphOf(
    [node('a'), node('b')],
    [
      {
        from: 'a',
        to: 'b',
        extra: {
          genericMetrics: [{ type: 128, metric: 1 }],
          applicationSpecific: [
            { applications: ['sr-policy'], attributes: { genericMetrics: [{ type: 128, metric: 2 }] } },
            { applications: ['flex-algo'], attributes: { genericMetrics: [{ type: 128, metric: 3 }] } },
          ],
        },
      },
    ],
  ).links[0]?.record
  assert.ok(link)
  assert.equal(linkValues(link, 'application-specific').genericMetrics.get(128), 3)
  assert.equal(linkValues(link, 'legacy').genericMetrics.get(128), 1)
})

test('of two definitions of one algorithm by one router the first counts (RFC 9350 §5.1)', () => {
  const fad = { algorithm: 128, metricType: 0, calculationType: 0 }
  const twice = node('a', {
    flexAlgoDefinitions: [
      { ...fad, priority: 10 },
      { ...fad, priority: 200 },
    ],
  })
  assert.deepEqual(
    advertisedDefinitions([twice], 128).map(({ definition }) => definition.priority),
    [10],
  )
})

test('a prefix with the metric of an unreachable one has no segment', () => {
  // source: RFC 5305 §4 (above 0xFE000000) and RFC 2328 §16.2 (LSInfinity).
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1 }])
  const count = (metric: number, ospfRouteType?: string) =>
    advertisedSids(graph, [
      {
        ...{ kind: 'prefix', id: 'p', protocol: 'isis-l2', instanceId: '0', node: 'b', prefix: '10.0.0.1/32', metric },
        prefixSids: [{ algorithm: 0, index: 1, flags: [] }],
        ...(ospfRouteType === undefined ? {} : { ospfRouteType }),
      },
    ]).length
  assert.equal(count(0xfe00_0000), 1)
  assert.equal(count(0xfe00_0001), 0)
  assert.equal(count(0xff_ffff, 'inter-area'), 0)
  assert.equal(count(0xff_fffe, 'inter-area'), 1)
  assert.equal(count(0xff_ffff, 'intra-area'), 1)
})
