import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AlgorithmTopology, igpTopology, nextLinks, routesAgain, routesTo } from '../src/index.js'
import { graphOf, node } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 2000)
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const cost = fc.integer({ min: 1, max: 5 })

const networks = fc.record({
  specs: fc.array(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      metric: cost,
      back: fc.record({ igpMetric: cost }),
    }),
    { minLength: 4, maxLength: 18 },
  ),
  overloaded: fc.subarray(names, { maxLength: 2 }),
  sinks: fc.uniqueArray(fc.record({ node: fc.nat(7), cost: fc.nat(1) }), {
    selector: (sink) => sink.node,
    minLength: 1,
    maxLength: 3,
  }),
  // A link goes (Infinity), comes back, or costs something else.
  changes: fc.array(
    fc.array(fc.record({ link: fc.nat(35), weight: fc.oneof(cost, fc.constant(Number.POSITIVE_INFINITY)) }), {
      minLength: 1,
      maxLength: 3,
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

const seen = { kept: 0, anew: 0 }

test('routes made from those before a change of links are what a whole new computation gives', () => {
  fc.assert(
    fc.property(networks, ({ specs, overloaded, sinks, changes }) => {
      const graph = graphOf(
        names.map((name) => node(name, overloaded.includes(name) ? { flags: ['overload'] } : {})),
        specs.filter((spec) => spec.from !== spec.to),
      )
      let topology: AlgorithmTopology = igpTopology(graph)
      let routes = routesTo(topology, sinks)
      for (const change of changes) {
        const weights = topology.weights.slice()
        for (const { link, weight } of change) if (link < weights.length) weights[link] = weight
        const other = new Set(graph.links.map(({ index }) => index).filter((i) => weights[i] !== topology.weights[i]))
        topology = { ...topology, weights }
        const again = routesAgain(routes, topology, sinks, { older: other, newer: other })
        const whole = routesTo(topology, sinks)
        seen[again === undefined ? 'anew' : 'kept'] += 1
        routes = again ?? whole
        assert.deepEqual(routes.distance, whole.distance)
        assert.deepEqual(routes.offer, whole.offer)
        assert.deepEqual([...routes.sinks], [...whole.sinks])
        for (const { index } of graph.nodes) assert.deepEqual(nextLinks(routes, index), nextLinks(whole, index))
      }
    }),
    { numRuns },
  )
})

test('in those runs some routes were kept and some were not', () => {
  assert.ok(seen.kept > 100 && seen.anew > 100, JSON.stringify(seen))
})
