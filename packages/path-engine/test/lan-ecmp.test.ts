// A LAN costs nothing to leave, so that its pseudonode is as far from a destination as the routers it leads to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AlgorithmTopology, igpTopology, nextHops, routesTo, SpfEngine } from '../src/index.js'
import { at, graphOf, type LinkSpec, node } from './support/network.js'

const lan = (name: string, routers: readonly string[], metric: number): LinkSpec[] =>
  routers.flatMap((router) => [
    { from: router, to: name, metric, oneWay: true },
    { from: name, to: router, metric: 0, oneWay: true },
  ])

/** a on a LAN with b and c, which both lead to d. The LAN's name comes first, or last, among the nodes. */
function topologyOf(name: string, scale: number): AlgorithmTopology {
  const graph = graphOf(
    [...['a', 'b', 'c', 'd'].map((router) => node(router)), node(name, { pseudonode: true })],
    [
      ...lan(name, ['a', 'b', 'c'], 10 * scale),
      { from: 'b', to: 'd', metric: 5 * scale },
      { from: 'c', to: 'd', metric: 5 * scale },
    ],
  )
  return igpTopology(graph)
}

for (const name of ['A-lan', 'z-lan']) {
  // Served by buckets, by a heap, and (a metric that is no integer) by the general algorithm.
  for (const scale of [1, 100_000, 0.3]) {
    test(`both routers of a LAN carry traffic: ${name}, metrics × ${scale}`, () => {
      const topology = topologyOf(name, scale)
      const { graph } = topology
      const routes = routesTo(topology, [{ node: at(graph, 'd'), cost: 0 }])
      const hops = nextHops(routes, at(graph, 'a')).map((hop) => graph.nodes[hop.node]?.id)
      assert.deepEqual(hops.sort(), ['b', 'c'])
    })

    test(`a prefix of two routers of a LAN is reached at both: ${name}, metrics × ${scale}`, () => {
      const topology = topologyOf(name, scale)
      const { graph } = topology
      const routes = routesTo(
        topology,
        ['b', 'c'].map((router) => ({ node: at(graph, router), cost: 0 })),
      )
      const hops = nextHops(routes, at(graph, 'a')).map((hop) => graph.nodes[hop.node]?.id)
      assert.deepEqual(hops.sort(), ['b', 'c'])
    })
  }
}

test('the ECMP graph of a root has every link into a router that two LANs lead to', () => {
  for (const scale of [1, 100_000]) {
    const graph = graphOf(
      [node('a'), node('b'), node('x', { pseudonode: true }), node('y', { pseudonode: true })],
      [...lan('x', ['a', 'b'], 10 * scale), ...lan('y', ['a', 'b'], 10 * scale)],
    )
    const engine = SpfEngine.for(igpTopology(graph))
    assert.ok(engine !== undefined)
    engine.run(at(graph, 'a'))
    const used = engine.shortestLinks(new Uint8Array(graph.links.length))
    const names = graph.links.filter((link) => used[link.index] === 1).map((link) => link.record.id.slice(0, 3))
    assert.deepEqual(names.sort(), ['a-x', 'a-y', 'x-b', 'y-b'])
  }
})
