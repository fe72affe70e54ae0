import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  DistanceCache,
  failureOf,
  type Graph,
  igpTopology,
  nextLinks,
  type Protection,
  repairsOf,
  routesTo,
} from '../src/index.js'
import { at, graphOf, node } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1000)

test('on a ring the far half is repaired by a node-SID and an adjacency-SID, the near one by less', () => {
  // source: worked by hand. Ring a-b-c-d-e-f of equal links; a protects a-b. For b itself the way after is
  // a f e d c b. f is the first router; from f, d and e are nearer than round the other side (P-space of f:
  // f e d; c is 3 both ways, so half of the packets would come back over a-b). From d, b is 2 by c: Q-space.
  // So one segment, d, is enough. For c: from d it is one hop: the same.
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const graph = graphOf(
    names.map((name) => node(name)),
    names.map((name, i) => ({ from: name, to: names[(i + 1) % 6] ?? 'a', metric: 10 })),
  )
  const link = graph.links.find((l) => l.from === at(graph, 'a') && l.to === at(graph, 'b'))?.index ?? -1
  const repairs = repairsOf(new DistanceCache(igpTopology(graph)), link, 'link')
  const byName = new Map(repairs.map((repair) => [graph.nodes[repair.destination]?.id, repair]))
  assert.deepEqual([...byName.keys()].sort(), ['b', 'c', 'd'])
  assert.deepEqual(byName.get('b')?.segments, [{ kind: 'node', node: at(graph, 'd') }])
  assert.deepEqual(byName.get('c')?.segments, [{ kind: 'node', node: at(graph, 'd') }])
  assert.equal(byName.get('d')?.kind, 'ecmp')
})

test('on an odd ring P and Q are neighbours: a node-SID and an adjacency-SID', () => {
  // source: RFC 9855 §5.3 (the P-node and the Q-node are adjacent), worked by hand on a ring of five with a
  // dear link: a-b-c-d-e-a, all 10 but c-d 100. For b: after, a e d c b = 10+10+100+10. From e: d is P (10), c is
  // 30 by a and b, against 110: not P. From d: c is 40 by e, a, b: not Q. From c, b is 10: Q. So d, then d-c.
  const names = ['a', 'b', 'c', 'd', 'e']
  const graph = graphOf(
    names.map((name) => node(name)),
    names.map((name, i) => ({ from: name, to: names[(i + 1) % 5] ?? 'a', metric: name === 'c' ? 100 : 10 })),
  )
  const find = (a: string, b: string) =>
    graph.links.find((l) => l.from === at(graph, a) && l.to === at(graph, b))?.index ?? -1
  const repairs = repairsOf(new DistanceCache(igpTopology(graph)), find('a', 'b'), 'link')
  assert.deepEqual(repairs.find((repair) => repair.destination === at(graph, 'b'))?.segments, [
    { kind: 'node', node: at(graph, 'd') },
    { kind: 'adjacency', link: find('d', 'c'), to: at(graph, 'c') },
  ])
})

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const graphs = fc
  .array(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      metric: fc.integer({ min: 1, max: 6 }),
      srlg: fc.nat(5),
      back: fc.record({ igpMetric: fc.integer({ min: 1, max: 6 }) }),
    }),
    { minLength: 6, maxLength: 13 },
  )
  .map((specs) =>
    graphOf(
      names.map((name) => node(name)),
      specs
        .filter((spec) => spec.from !== spec.to)
        .map(({ from, to, metric, srlg, back }, i) => ({
          ...{ from, to, metric, back },
          extra: { srlgs: [srlg], name: String(i) },
        })),
    ),
  )

/** Every branch of the tables of before, from one node to another; the links that it meets. */
function branches(graph: Graph, from: number, to: number): number[][] {
  const routes = routesTo(igpTopology(graph), [{ node: to, cost: 0 }])
  const walk = (at: number, links: number[]): number[][] =>
    at === to ? [links] : nextLinks(routes, at).flatMap((link) => walk(graph.targets[link] as number, [...links, link]))
  return walk(from, [])
}

test('a repaired packet never meets the failure, on any branch, and costs what it will after convergence', () => {
  fc.assert(
    fc.property(graphs, fc.constantFrom<Protection>('link', 'node', 'srlg'), (graph, protection) => {
      const distances = new DistanceCache(igpTopology(graph))
      for (const { index: link } of graph.links) {
        const failure = failureOf(graph, link, protection)
        for (const repair of repairsOf(distances, link, protection)) {
          if (repair.kind === 'unprotected') continue
          let ways: { at: number; links: number[] }[] = [
            { at: graph.targets[repair.link as number] as number, links: [repair.link as number] },
          ]
          const targets = [...repair.segments, { kind: 'node' as const, node: repair.destination }]
          for (const segment of targets) {
            ways = ways.flatMap((way) => {
              if (segment.kind === 'adjacency') {
                assert.equal(graph.links[segment.link]?.from, way.at)
                return [{ at: graph.targets[segment.link] as number, links: [...way.links, segment.link] }]
              }
              return branches(graph, way.at, segment.node).map((links) => ({
                at: segment.node,
                links: [...way.links, ...links],
              }))
            })
          }
          const expected = repair.path.reduce((sum, index) => sum + (graph.links[index]?.record.igpMetric ?? 0), 0)
          for (const way of ways) {
            assert.equal(way.at, repair.destination)
            assert.ok(
              way.links.every(
                (index) => !failure.links.has(index) && !failure.nodes.has(graph.targets[index] as number),
              ),
            )
            assert.equal(
              way.links.reduce((sum, index) => sum + (graph.links[index]?.record.igpMetric ?? 0), 0),
              expected,
            )
          }
        }
      }
    }),
    { numRuns },
  )
})

test('TI-LFA of one root takes one search for each node and one for each neighbour, and no more', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      for (const { index: root } of graph.nodes) {
        const distances = new DistanceCache(igpTopology(graph))
        const end = graph.offsets[root + 1] as number
        for (let link = graph.offsets[root] as number; link < end; link += 1) repairsOf(distances, link, 'link')
        assert.ok(distances.runs <= graph.nodes.length)
        assert.equal(distances.runsAfter, end - (graph.offsets[root] as number))
      }
    }),
    { numRuns: Math.ceil(numRuns / 10) },
  )
})
