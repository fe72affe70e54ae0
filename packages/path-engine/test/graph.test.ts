import assert from 'node:assert/strict'
import { test } from 'node:test'
import { igpTopology, nextHops, routesTo } from '../src/index.js'
import { at, graphOf, node } from './support/network.js'

test('a link that only one end reports is left out, and the reason is kept', () => {
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1, oneWay: true }])
  assert.equal(graph.links.length, 0)
  assert.match(graph.leftOut[0]?.why ?? '', /two-way/)
})

test('of two parallel links the half that is down is not used', () => {
  const up = { localAddresses: ['10.0.0.1'], remoteAddresses: ['10.0.0.2'] }
  const back = { localAddresses: ['10.0.0.2'], remoteAddresses: ['10.0.0.1'] }
  const graph = graphOf(
    [node('a'), node('b')],
    [
      { from: 'a', to: 'b', metric: 10, oneWay: true, extra: up },
      { from: 'b', to: 'a', metric: 10, oneWay: true, extra: back },
      {
        from: 'a',
        to: 'b',
        metric: 1,
        oneWay: true,
        extra: { localAddresses: ['10.1.0.1'], remoteAddresses: ['10.1.0.2'] },
      },
    ],
  )
  assert.deepEqual(
    graph.links.map((link) => link.record.igpMetric),
    [10, 10],
  )
})

test('one adjacency described three times is one link', () => {
  const four = { localAddresses: ['10.0.0.1'], remoteAddresses: ['10.0.0.2'] }
  const both = { localAddresses: ['10.0.0.1', 'fc00::1'], remoteAddresses: ['10.0.0.2', 'fc00::2'] }
  const graph = graphOf(
    [node('a'), node('b')],
    [
      { from: 'a', to: 'b', metric: 1, oneWay: true, extra: four },
      { from: 'a', to: 'b', metric: 1, oneWay: true, extra: both },
      { from: 'b', to: 'a', metric: 1, oneWay: true },
    ],
  )
  assert.equal(graph.links.length, 2)
  assert.deepEqual(graph.links[0]?.record.localAddresses, both.localAddresses)
})

test('real parallel links share the traffic', () => {
  const graph = graphOf(
    [node('a'), node('b')],
    [1, 2].map(() => ({ from: 'a', to: 'b', metric: 5 })),
  )
  assert.equal(nextHops(routesTo(igpTopology(graph), [{ node: at(graph, 'b'), cost: 0 }]), at(graph, 'a')).length, 2)
})

test('a LAN costs once, on the way in', () => {
  // source: worked by hand. a, b, c on a LAN; a pays 10 to the pseudonode, which hands on for nothing.
  const graph = graphOf(
    [node('a'), node('b'), node('c'), node('lan', { pseudonode: true })],
    ['a', 'b', 'c'].flatMap((name) => [
      { from: name, to: 'lan', metric: 10, oneWay: true },
      { from: 'lan', to: name, metric: 0, oneWay: true },
    ]),
  )
  const routes = routesTo(igpTopology(graph), [{ node: at(graph, 'c'), cost: 0 }])
  assert.equal(routes.distance[at(graph, 'a')], 10)
  assert.deepEqual(
    nextHops(routes, at(graph, 'a')).map((hop) => hop.node),
    [at(graph, 'c')],
  )
})

test('an overloaded node is reached and never passed through', () => {
  const graph = graphOf(
    [node('a'), node('b', { flags: ['overload'] }), node('c')],
    [
      { from: 'a', to: 'b', metric: 1 },
      { from: 'b', to: 'c', metric: 1 },
      { from: 'a', to: 'c', metric: 100 },
    ],
  )
  const toC = routesTo(igpTopology(graph), [{ node: at(graph, 'c'), cost: 0 }])
  assert.equal(toC.distance[at(graph, 'a')], 100)
  assert.equal(toC.distance[at(graph, 'b')], 1)
  assert.equal(routesTo(igpTopology(graph), [{ node: at(graph, 'b'), cost: 0 }]).distance[at(graph, 'a')], 1)
})

test('an IS-IS link with the maximum metric is not used (RFC 5305 §3)', () => {
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 0xff_ffff }])
  assert.equal(
    routesTo(igpTopology(graph), [{ node: at(graph, 'b'), cost: 0 }]).distance[at(graph, 'a')],
    Number.POSITIVE_INFINITY,
  )
})

test('links of no cost do not send packets in circles', () => {
  const graph = graphOf(
    [node('a'), node('b'), node('c')],
    [
      { from: 'a', to: 'b', metric: 0 },
      { from: 'b', to: 'c', metric: 0 },
      { from: 'a', to: 'c', metric: 0 },
    ],
  )
  const routes = routesTo(igpTopology(graph), [{ node: at(graph, 'c'), cost: 0 }])
  for (const from of [at(graph, 'a'), at(graph, 'b')]) {
    const seen = new Set<number>()
    for (let n = from; n !== at(graph, 'c'); n = nextHops(routes, n)[0]?.node ?? -1) {
      assert.ok(n >= 0 && !seen.has(n), 'no circle, no dead end')
      seen.add(n)
    }
  }
})
