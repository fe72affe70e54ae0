// Who is reached and never passed through, and what says so.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, NodeRecord, PrefixRecord } from '@segchain/records'
import { advertisedNetwork, buildGraph, type Graph, igpTopology, routesTo, snapshotOf, trace } from '../src/index.js'
import { at, graphOf, node } from './support/network.js'

/** a to c over b (2), or directly (10); b has these flags. */
function triangle(protocol: string, flags: Record<string, string[] | undefined>): Graph {
  const owner = {
    protocol: protocol as 'ospfv3',
    instanceId: '0',
    ...(protocol.startsWith('ospf') ? { areaId: '0.0.0.0' } : {}),
  }
  const nodes = ['a', 'b', 'c'].map((name): NodeRecord => {
    const own = flags[name]
    return { kind: 'node', id: name, ...owner, routerId: name, name, ...(own === undefined ? {} : { flags: own }) }
  })
  const { protocol: p, instanceId } = owner
  const links = [
    ['a', 'b', 1],
    ['b', 'c', 1],
    ['a', 'c', 10],
  ].flatMap(([from, to, igpMetric]) =>
    [
      [from, to],
      [to, from],
    ].map((ends): LinkRecord => {
      const [localNode, remoteNode] = ends as [string, string]
      const id = `${localNode}-${remoteNode}`
      return { kind: 'link', id, protocol: p, instanceId, localNode, remoteNode, igpMetric: igpMetric as number }
    }),
  )
  return buildGraph(snapshotOf([...nodes, ...links]), owner)
}

const cost = (graph: Graph) =>
  routesTo(igpTopology(graph), [{ node: at(graph, 'c'), cost: 0 }]).distance[at(graph, 'a')]

test('an OSPFv3 router without its R-bit is no transit (RFC 5340 §A.2)', () => {
  assert.equal(cost(triangle('ospfv3', { a: ['router', 'v6'], b: ['v6'], c: ['router', 'v6'] })), 10)
  assert.equal(cost(triangle('ospfv3', { a: ['router'], b: ['router'], c: ['router'] })), 2)
  // Where nobody tells of the bit, it says nothing.
  assert.equal(cost(triangle('ospfv3', { a: [], b: [], c: [] })), 2)
  assert.equal(cost(triangle('ospfv3', { a: ['router'], c: ['router'] })), 2)
  assert.equal(cost(triangle('isis-l2', { a: ['router'], b: ['attached'] })), 2)
})

test('a router in overload is an end; OSPF links of 65535 are the last resort, and IS-IS ones of 2^24-1 are none', () => {
  assert.equal(cost(triangle('isis-l2', { b: ['overload'] })), 10)
  const dear = (protocol: 'isis-l2' | 'ospfv2', metric: number) => {
    const graph = triangle(protocol, {})
    const links = graph.links.map((link) => ({ ...link, record: { ...link.record, igpMetric: metric } }))
    return cost({ ...graph, links })
  }
  assert.equal(dear('ospfv2', 0xffff), 0xffff)
  assert.equal(dear('isis-l2', 0xff_fffe), 0xff_fffe)
  assert.equal(dear('isis-l2', 0xff_ffff), Number.POSITIVE_INFINITY)
})

test('the overload bit of a pseudonode is ignored: a LAN always carries', () => {
  const lan = ['a', 'b'].flatMap((name) => [
    { from: name, to: 'p', metric: 5, oneWay: true },
    { from: 'p', to: name, metric: 0, oneWay: true },
  ])
  const graph = graphOf([node('a'), node('b'), node('p', { pseudonode: true, flags: ['overload'] })], lan)
  const routes = routesTo(igpTopology(graph), [{ node: at(graph, 'b'), cost: 0 }])
  assert.equal(routes.distance[at(graph, 'a')], 5)
})

test('a network of IPv6 alone: labels as in IPv4, and the explicit null of IPv6', () => {
  const owner = { protocol: 'isis-l2', instanceId: '0' } as const
  const addresses = (a: number, b: number) => ({
    localAddresses: [`2001:db8::${a}`],
    remoteAddresses: [`2001:db8::${b}`],
  })
  const graph = graphOf(
    ['a', 'b', 'c'].map((name) => node(name)),
    [
      { from: 'a', to: 'b', metric: 1, oneWay: true, extra: addresses(1, 2) },
      { from: 'b', to: 'a', metric: 1, oneWay: true, extra: addresses(2, 1) },
      { from: 'b', to: 'c', metric: 1, oneWay: true, extra: addresses(3, 4) },
      { from: 'c', to: 'b', metric: 1, oneWay: true, extra: addresses(4, 3) },
    ],
  )
  const prefixSids = [{ algorithm: 0, index: 3, flags: ['node', 'no-php', 'explicit-null'] }]
  const prefix: PrefixRecord = {
    kind: 'prefix',
    id: 'p',
    ...owner,
    node: 'c',
    prefix: '2001:db8::c/128',
    metric: 0,
    prefixSids,
  }
  const { hops } = trace(advertisedNetwork(graph, [prefix]), at(graph, 'a'), [16003])
  assert.deepEqual(
    hops.map((hop) => hop.stack.join('/')),
    ['16003', '16003', '2', ''],
  )
})
