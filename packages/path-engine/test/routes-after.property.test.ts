import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { igpTopology, nextLinks, routesAfter, routesTo, withoutTopologies } from '../src/index.js'
import { graphOf, node, without } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 2000)
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

const networks = fc.record({
  specs: fc.array(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      metric: fc.nat(4),
      back: fc.record({ igpMetric: fc.nat(4) }),
    }),
    {
      maxLength: 18,
    },
  ),
  overloaded: fc.subarray(names, { maxLength: 2 }),
  sinks: fc.uniqueArray(fc.record({ node: fc.nat(7), cost: fc.nat(3) }), {
    selector: (sink) => sink.node,
    minLength: 1,
    maxLength: 3,
  }),
  unusable: fc.uniqueArray(fc.nat(35), { maxLength: 3 }),
  links: fc.uniqueArray(fc.nat(35), { maxLength: 3 }),
  nodes: fc.uniqueArray(fc.nat(7), { maxLength: 2 }),
  lostSinks: fc.nat(2),
})

test('routes after a failure are what a whole new computation gives, also after a second one', () => {
  fc.assert(
    fc.property(networks, networks, (one, two) => {
      const graph = graphOf(
        names.map((name) => node(name, one.overloaded.includes(name) ? { flags: ['overload'] } : {})),
        one.specs.filter((spec) => spec.from !== spec.to),
      )
      let topology = without(igpTopology(graph), one.unusable)
      let sinks = one.sinks
      let routes = routesTo(topology, sinks)
      for (const { links, nodes, lostSinks } of [one, two]) {
        const outage = { links: new Set(links.filter((link) => link < graph.links.length)), nodes: new Set(nodes) }
        const { changed, deadLinks } = withoutTopologies(graph, new Map([[0, topology]]), outage)
        topology = changed.get(0) ?? topology
        sinks = sinks.slice(0, Math.max(0, sinks.length - lostSinks))
        routes = routesAfter(routes, topology, sinks, { links: deadLinks, nodes: outage.nodes })
        const whole = routesTo(topology, sinks)
        assert.deepEqual(routes.distance, whole.distance)
        assert.deepEqual(routes.offer, whole.offer)
        assert.deepEqual([...routes.sinks], [...whole.sinks])
        // Zero metrics: which of two nodes at the same place leads to the other is free; each way must be a cheapest.
        if (one.specs.every((spec) => spec.metric > 0 && spec.back.igpMetric > 0)) {
          for (const { index } of graph.nodes) assert.deepEqual(nextLinks(routes, index), nextLinks(whole, index))
        } else {
          for (const { index } of graph.nodes)
            assert.equal(nextLinks(routes, index).length > 0, nextLinks(whole, index).length > 0)
        }
      }
    }),
    { numRuns },
  )
})

const lanCases = fc.record({
  specs: fc.array(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      metric: fc.integer({ min: 1, max: 3 }),
      back: fc.record({ igpMetric: fc.integer({ min: 1, max: 3 }) }),
    }),
    { minLength: 4, maxLength: 14 },
  ),
  /** Routers of two LANs. */
  lans: fc.array(fc.subarray(names, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 2 }),
  overloaded: fc.subarray(names, { maxLength: 2 }),
  /** An anycast group: members say the same cost. */
  sinks: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 3 }),
  links: fc.uniqueArray(fc.nat(40), { maxLength: 2 }),
  nodes: fc.uniqueArray(fc.nat(9), { maxLength: 1 }),
  lostSinks: fc.nat(1),
})

test('routes after a failure have every equal-cost branch over LANs, and none through an overloaded router that serves no more', () => {
  fc.assert(
    fc.property(lanCases, fc.constantFrom('A', 'z'), (one, prefix) => {
      const graph = graphOf(
        [
          ...names.map((name) => node(name, one.overloaded.includes(name) ? { flags: ['overload'] } : {})),
          ...one.lans.map((_, i) => node(`${prefix}${i}`, { pseudonode: true })),
        ],
        [
          ...one.specs.filter((spec) => spec.from !== spec.to),
          ...one.lans.flatMap((routers, i) =>
            routers.flatMap((router, j) => [
              { from: router, to: `${prefix}${i}`, metric: 1 + (j % 3), oneWay: true },
              { from: `${prefix}${i}`, to: router, metric: 0, oneWay: true },
            ]),
          ),
        ],
      )
      const sinkAt = (number: number) => ({ node: number, cost: 0 })
      const ofRouters = one.sinks.filter((number) => graph.nodes[number]?.pseudonode === false)
      const before = routesTo(igpTopology(graph), ofRouters.map(sinkAt))
      const links = new Set(one.links.filter((link) => link < graph.links.length))
      const outage = { links, nodes: new Set(one.nodes.filter((number) => number < graph.nodes.length)) }
      const { changed, deadLinks } = withoutTopologies(graph, new Map([[0, igpTopology(graph)]]), outage)
      const topology = changed.get(0) ?? igpTopology(graph)
      const sinks = ofRouters.slice(0, Math.max(0, ofRouters.length - one.lostSinks)).map(sinkAt)
      const routes = routesAfter(before, topology, sinks, { links: deadLinks, nodes: outage.nodes })
      const whole = routesTo(topology, sinks)
      assert.deepEqual(routes.distance, whole.distance)
      assert.deepEqual(routes.offer, whole.offer)
      for (const { index } of graph.nodes) assert.deepEqual(nextLinks(routes, index), nextLinks(whole, index))
    }),
    { numRuns },
  )
})
