import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Graph, igpTopology, nextLinks, routesTo } from '../src/index.js'
import { graphOf, node, without } from './support/network.js'

const runs = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 2000)

const names = ['a', 'b', 'c', 'd', 'e', 'f']
const network = fc.record({
  overloaded: fc.subarray(names, { maxLength: 2 }),
  links: fc.array(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      metric: fc.integer({ min: 1, max: 4 }),
      back: fc.record({ igpMetric: fc.integer({ min: 1, max: 4 }) }),
    }),
    { maxLength: 12 },
  ),
  // Links that an algorithm does not use, mostly one way alone.
  unusable: fc.uniqueArray(fc.nat(23), { maxLength: 3 }),
  sinks: fc.uniqueArray(fc.record({ node: fc.nat(5), cost: fc.nat(3) }), {
    selector: (sink) => sink.node,
    minLength: 1,
    maxLength: 3,
  }),
})

/**
 * Every simple path, tried one by one: the cheapest to each sink and its cost, and the first links of all that are as
 * cheap. A sink keeps what it gets, so that it has no first link; an overloaded one is no way to another.
 */
function oracle(
  graph: Graph,
  sinks: ReadonlyMap<number, number>,
  unusable: readonly number[],
  from: number,
): { cost: number; first: Set<number> } {
  let best = { cost: Number.POSITIVE_INFINITY, first: new Set<number>() }
  const walk = (at: number, cost: number, seen: readonly number[], first: number): void => {
    const own = sinks.get(at)
    if (own !== undefined) {
      const total = cost + own
      if (total < best.cost) best = { cost: total, first: new Set(first < 0 ? [] : [first]) }
      else if (total === best.cost && first >= 0) best.first.add(first)
    }
    const isOverloaded = graph.nodes[at]?.overload === true
    if (isOverloaded && (at !== from || own !== undefined)) return
    for (const link of graph.links) {
      if (link.from !== at || seen.includes(link.to) || unusable.includes(link.index)) continue
      walk(link.to, cost + (link.record.igpMetric ?? 0), [...seen, link.to], first < 0 ? link.index : first)
    }
  }
  walk(from, 0, [from], -1)
  return sinks.has(from) ? { cost: best.cost, first: new Set() } : best
}

test('costs and equal-cost links are those of all simple paths, tried one by one', () => {
  fc.assert(
    fc.property(network, ({ overloaded, links, sinks, unusable }) => {
      const graph = graphOf(
        names.map((name) => node(name, overloaded.includes(name) ? { flags: ['overload'] } : {})),
        links.filter((link) => link.from !== link.to),
      )
      const routes = routesTo(without(igpTopology(graph), unusable), sinks)
      const own = new Map(sinks.map((sink) => [sink.node, sink.cost]))
      for (const { index } of graph.nodes) {
        const expected = oracle(graph, own, unusable, index)
        assert.equal(routes.distance[index], expected.cost)
        assert.deepEqual(new Set(nextLinks(routes, index)), expected.first)
      }
    }),
    { numRuns: runs },
  )
})
