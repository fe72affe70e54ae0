import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { generalTree, igpTopology, SpfEngine, treeFrom } from '../src/index.js'
import { graphOf, node, without } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1500)
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

test('the fast engine and the general algorithm agree, with failures and overload', () => {
  fc.assert(
    fc.property(
      // Few different sums and with them ties, the most that buckets serve, and what a heap serves.
      fc.constantFrom(3, 0xffff, 0xff_fffe).chain((most) =>
        fc.array(fc.record({ from: fc.nat(7), to: fc.nat(7), metric: fc.nat(most), back: fc.nat(most) }), {
          maxLength: 20,
        }),
      ),
      fc.uniqueArray(fc.nat(30), { maxLength: 3 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
      // Links that an algorithm does not use, mostly one way alone.
      fc.uniqueArray(fc.nat(30), { maxLength: 4 }),
      (specs, links, overloaded, unusable) => {
        const graph = graphOf(
          names.map((name, i) => node(name, overloaded.includes(i) ? { flags: ['overload'] } : {})),
          specs
            .filter((s) => s.from !== s.to)
            .map(({ from, to, metric, back }) => ({
              ...{ from: names[from] ?? '', to: names[to] ?? '', metric },
              back: { igpMetric: back },
            })),
        )
        const topology = without(igpTopology(graph), unusable)
        const failed = { links: new Set(links), nodes: new Set(overloaded.slice(1)) }
        assert.ok(SpfEngine.for(topology))
        assert.deepEqual(treeFrom(topology, 0, failed).distance, generalTree(topology, 0, failed).distance)
      },
    ),
    { numRuns },
  )
})

test('costs that would not be exact are left to the general algorithm', () => {
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1 }])
  const topology = igpTopology(graph)
  assert.equal(SpfEngine.for({ ...topology, weights: topology.weights.map(() => 2 ** 51) }), undefined)
  assert.equal(SpfEngine.for({ ...topology, weights: topology.weights.map(() => 0.5) }), undefined)
})
