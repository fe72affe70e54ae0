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
