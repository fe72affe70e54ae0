import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { EcmpEngine, igpTopology, SpfEngine, UNREACHED } from '../src/index.js'
import { graphOf, node, without } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1500)
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

test('distances and equal-cost links of one pass are those of the search and the look at every link after it', () => {
  fc.assert(
    fc.property(
      // Few different sums and with them ties, the most that buckets serve, buckets for several distances; parallel links come by themselves.
      fc.constantFrom([1, 3], [1, 0xffff], [9, 17], [64, 64]).chain(([least = 1, most = 1]) =>
        fc.array(
          fc.record({
            from: fc.nat(7),
            to: fc.nat(7),
            metric: fc.integer({ min: least, max: most }),
            back: fc.integer({ min: least, max: most }),
          }),
          { maxLength: 20 },
        ),
      ),
      fc.uniqueArray(fc.nat(7), { maxLength: 2 }),
      // Links that an algorithm does not use, mostly one way alone.
      fc.uniqueArray(fc.nat(40), { maxLength: 6 }),
      (specs, overloaded, unusable) => {
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
        const one = EcmpEngine.for(topology)
        const other = SpfEngine.for(topology)
        assert.ok(one)
        assert.ok(other)
        for (const { index: root } of graph.nodes) {
          const count = one.run(root)
          other.run(root)
          const distances: number[] = Array.from(one.distance, (far) =>
            far === UNREACHED ? Number.POSITIVE_INFINITY : far,
          )
          assert.deepEqual(distances, [...other.distance])
          const used = new Uint8Array(graph.links.length)
          for (const link of one.links.subarray(0, count)) used[link] = 1 + (used[link] ?? 0)
          assert.deepEqual(used, other.shortestLinks(new Uint8Array(graph.links.length)))
        }
      },
    ),
    { numRuns },
  )
})

test('costs of nothing, fractions, and costs beyond the buckets are left to the other engine', () => {
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1 }])
  const topology = igpTopology(graph)
  for (const weight of [0, 0.5, 0x1_0000])
    assert.equal(EcmpEngine.for({ ...topology, weights: topology.weights.map(() => weight) }), undefined)
})
