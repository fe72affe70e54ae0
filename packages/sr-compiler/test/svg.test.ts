import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apart, boxOf } from '../src/draw/box.js'
import { curvesOf, middleOf } from '../src/draw/curve.js'
import { toDot } from '../src/draw/dot.js'
import type { Drawing, DrawnEdge, DrawnNode } from '../src/draw/drawing.js'
import { toGraphml } from '../src/draw/graphml.js'
import { toSvg } from '../src/draw/svg.js'

const nodeNamed = (name: string, services: readonly string[] = []): DrawnNode => ({
  id: name,
  name,
  lan: false,
  services,
})
const edgeOf = (from: number, to: number, prunedBy: readonly number[] = []): DrawnEdge => ({
  ...{ from, to, metric: '10', affinities: [], prunedBy },
})

test('boxes of nodes do not cover one another, wherever the layout has put them', () => {
  const spot = fc.record({
    x: fc.integer({ min: 0, max: 600 }),
    y: fc.integer({ min: 0, max: 600 }),
    services: fc.array(fc.constantFrom('firewall', 'a', 'classify-deep'), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.array(spot, { minLength: 2, maxLength: 14 }), (spots) => {
      const boxes = spots.map(({ services }) => boxOf(nodeNamed('router-1', services)))
      const points = apart(spots, boxes)
      points.forEach((a, i) => {
        points.slice(i + 1).forEach((b, k) => {
          const [one, other] = [boxes[i], boxes[i + 1 + k]]
          const overX = (one?.halfWidth ?? 0) + (other?.halfWidth ?? 0) - Math.abs(a.x - b.x)
          const overY = (one?.halfHeight ?? 0) + (other?.halfHeight ?? 0) - Math.abs(a.y - b.y)
          assert.ok(overX <= 0 || overY <= 0, `${JSON.stringify(points)}`)
        })
      })
    }),
    { numRuns: Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 200) },
  )
})

test('parallel links are bent apart, whichever end each begins at', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]
  const middles = curvesOf([edgeOf(0, 1), edgeOf(1, 0), edgeOf(0, 1)], points).map(middleOf)
  assert.deepEqual(middles, [
    { x: 50, y: -34 },
    { x: 50, y: 0 },
    { x: 50, y: 34 },
  ])
})

test('each algorithm has a colour of its own: a cross on each link that it does not use, and a row that counts them', () => {
  const svg = toSvg({
    title: 't',
    nodes: ['a', 'b', 'c'].map((name) => nodeNamed(name)),
    edges: [edgeOf(0, 1, [128]), edgeOf(1, 2, [128, 129]), edgeOf(0, 2)],
    chains: [{ id: 'x', name: 'video: a to b', algorithm: 128, edges: [2] }],
  })
  assert.match(svg, /not in algorithm 128: 2 of 3 links/)
  assert.match(svg, /not in algorithm 129: 1 of 3 links/)
  assert.match(svg, /video: a to b \(algorithm 128\)/)
  // Two crosses and a row of the first, one and a row of the second.
  assert.equal(svg.split('stroke="#5b21b6"').length - 1, 3)
  assert.equal(svg.split('stroke="#9f1239"').length - 1, 2)
})

test('an empty network, and one of a single node, are pictures too', () => {
  for (const nodes of [[], [nodeNamed('a', ['x'])]]) {
    const svg = toSvg({ title: '<&>', nodes, edges: [], chains: [] })
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
    assert.match(svg, /<title>&lt;&amp;&gt;<\/title>/)
  }
})

test('DOT and GraphML tell chains apart, and which algorithms do not use a link', () => {
  const drawing: Drawing = {
    title: 't',
    nodes: [{ ...nodeNamed('a'), role: 'headend' }, nodeNamed('b'), { ...nodeNamed(''), lan: true }],
    edges: [edgeOf(0, 1, [128, 129]), edgeOf(1, 2)],
    chains: [
      { id: 'x', name: 'video: a to b', algorithm: 0, edges: [0, 1] },
      { id: 'y', name: 'voice: a to b', algorithm: 0, edges: [0] },
    ],
  }
  const dot = toDot(drawing)
  assert.match(
    dot,
    /n0 -- n1 \[label="10\\nnot in 128\\nnot in 129", penwidth=3, color="#0072B2:#D55E00".*style=dashed\]/,
  )
  assert.match(dot, /n1 -- n2 \[label="10", penwidth=3, color="#0072B2", tooltip="video: a to b"\]/)
  assert.match(dot, /n2 \[label="", shape=point\]/)
  const graphml = toGraphml(drawing)
  assert.match(graphml, /<node id="n0">.*<data key="role">headend<\/data><\/node>/)
  assert.match(graphml, /<data key="chains">x y<\/data><data key="prunedBy">128 129<\/data>/)
})
