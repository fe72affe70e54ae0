import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type AlgorithmTopology,
  igpTopology,
  mendedRoutes,
  nextLinks,
  type RoutesBefore,
  routesAgain,
  routesTo,
} from '../src/index.js'
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
  /** Routers of LANs. */
  lans: fc.array(fc.subarray(names, { minLength: 2, maxLength: 4 }), { maxLength: 2 }),
  sinks: fc.uniqueArray(fc.record({ node: fc.nat(7), cost: fc.nat(1) }), {
    selector: (sink) => sink.node,
    minLength: 1,
    maxLength: 3,
  }),
  // A link goes (Infinity), comes back, or costs something else; the routes are asked for then, or later.
  changes: fc.array(
    fc.record({
      links: fc.array(fc.record({ link: fc.nat(35), weight: fc.oneof(cost, fc.constant(Number.POSITIVE_INFINITY)) }), {
        minLength: 1,
        maxLength: 3,
      }),
      isAsked: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

const seen = { kept: 0, later: 0, anew: 0 }

test('routes made from those before a change of links are what a whole new computation gives', () => {
  fc.assert(
    fc.property(networks, ({ specs, overloaded, lans, sinks, changes }) => {
      const graph = graphOf(
        [
          ...names.map((name) => node(name, overloaded.includes(name) ? { flags: ['overload'] } : {})),
          ...lans.map((_, i) => node(`z${i}`, { pseudonode: true })),
        ],
        [
          ...specs.filter((spec) => spec.from !== spec.to),
          ...lans.flatMap((routers, i) =>
            routers.flatMap((router, j) => [
              { from: router, to: `z${i}`, metric: 1 + (j % 3), oneWay: true },
              { from: `z${i}`, to: router, metric: 0, oneWay: true },
            ]),
          ),
        ],
      )
      let topology: AlgorithmTopology = igpTopology(graph)
      let known: RoutesBefore | undefined = { routes: routesTo(topology, sinks), lost: [], age: 0 }
      for (const { links, isAsked } of changes) {
        const weights = topology.weights.slice()
        for (const { link, weight } of links) {
          // A LAN costs nothing to leave, whatever happens.
          const isFree = graph.nodes[graph.links[link]?.from ?? -1]?.pseudonode === true
          if (link < weights.length) weights[link] = isFree && Number.isFinite(weight) ? 0 : weight
        }
        const other = new Set(graph.links.map(({ index }) => index).filter((i) => weights[i] !== topology.weights[i]))
        topology = { ...topology, weights }
        known = known && routesAgain(known, topology, { older: other, newer: other })
        if (!isAsked) continue
        const whole = routesTo(topology, sinks)
        seen[known === undefined ? 'anew' : known.age > 1 ? 'later' : 'kept'] += 1
        const routes = known === undefined ? whole : mendedRoutes(known, topology, sinks)
        known = { routes, lost: [], age: 0 }
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
  assert.ok(seen.kept > 100 && seen.later > 20 && seen.anew > 100, JSON.stringify(seen))
})
