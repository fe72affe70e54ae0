import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  constrainedPath,
  type Disjointness,
  DistanceCache,
  disjointPair,
  disjointWalks,
  encodePath,
  type Graph,
  igpTopology,
  type PathConstraints,
  pathsWithin,
  Resources,
  whyNoPath,
  withinMargin,
} from '../src/index.js'
import { graphOf, node } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1500)
const names = ['a', 'b', 'c', 'd', 'e', 'f']

const graphs = fc
  .array(
    fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      metric: fc.integer({ min: 1, max: 5 }),
      delay: fc.integer({ min: 1, max: 5 }),
      colour: fc.nat(2),
      srlg: fc.nat(4),
      te: fc.option(fc.integer({ min: 1, max: 5 })),
      bandwidth: fc.option(fc.integer({ min: 0, max: 6 })),
      back: fc.record({
        igpMetric: fc.integer({ min: 1, max: 5 }),
        minDelayUs: fc.integer({ min: 1, max: 5 }),
        adminGroups: fc.tuple(fc.nat(2)),
      }),
    }),
    { maxLength: 11 },
  )
  .map((specs) =>
    graphOf(
      names.map((name) => node(name)),
      specs
        .filter((spec) => spec.from !== spec.to)
        .map(({ from, to, metric, delay, colour, srlg, te, bandwidth, back }) => ({
          ...{ from, to, metric, back },
          extra: {
            ...{ minDelayUs: delay, adminGroups: [colour], srlgs: [srlg] },
            ...(te === null ? {} : { teMetric: te }),
            ...(bandwidth === null ? {} : { availableBandwidthBytesPerSec: bandwidth }),
          },
        })),
    ),
  )

const constraints: fc.Arbitrary<PathConstraints> = fc.record(
  {
    minimize: fc.constantFrom('igp' as const, 'te' as const, 'delay' as const, 'hops' as const),
    excludeAny: fc.uniqueArray(fc.nat(2), { maxLength: 1 }),
    includeAny: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 }),
    excludeNodes: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 1 }),
    maxDelayUs: fc.integer({ min: 1, max: 15 }),
    maxHops: fc.integer({ min: 1, max: 5 }),
    maxIgpMetric: fc.integer({ min: 1, max: 15 }),
    maxTeMetric: fc.integer({ min: 1, max: 15 }),
    includeAll: fc.uniqueArray(fc.nat(2), { maxLength: 1 }),
    excludeSrlgs: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
    excludeLinks: fc.uniqueArray(fc.nat(6), { maxLength: 2 }),
    bandwidthBytesPerSec: fc.integer({ min: 0, max: 6 }),
  },
  { requiredKeys: [] },
)

function simplePaths(graph: Graph, source: number, target: number): number[][] {
  const found: number[][] = []
  const walk = (at: number, links: number[], seen: number[]): void => {
    if (at === target) {
      found.push(links)
      return
    }
    for (const link of graph.links)
      if (link.from === at && !seen.includes(link.to)) walk(link.to, [...links, link.index], [...seen, link.to])
  }
  walk(source, [], [source])
  return found
}

type Metric = 'igp' | 'te' | 'delay' | 'hops'

const sum = (graph: Graph, links: readonly number[], metric: Metric): number =>
  links.reduce((total, index) => {
    const record = graph.links[index]?.record
    // RFC 5305 §3.7: without a TE metric the IGP's.
    const te = record?.teMetric ?? record?.igpMetric
    const values = { hops: 1, igp: record?.igpMetric, te, delay: record?.minDelayUs }
    return total + (values[metric] ?? 0)
  }, 0)

/** Written again, from the words of the constraints. */
function allows(graph: Graph, links: readonly number[], c: PathConstraints): boolean {
  const each = links.every((index) => {
    const link = graph.links[index]
    const colours = link?.record.adminGroups ?? []
    return (
      !(c.excludeAny ?? []).some((bit) => colours.includes(bit)) &&
      (c.includeAny === undefined || c.includeAny.some((bit) => colours.includes(bit))) &&
      (c.includeAll ?? []).every((bit) => colours.includes(bit)) &&
      !(c.excludeSrlgs ?? []).some((group) => link?.record.srlgs?.includes(group)) &&
      !(c.excludeLinks ?? []).includes(index) &&
      (c.bandwidthBytesPerSec === undefined ||
        (link?.record.availableBandwidthBytesPerSec ?? -1) >= c.bandwidthBytesPerSec) &&
      !(c.excludeNodes ?? []).includes(link?.to ?? -1)
    )
  })
  const within = (most: number | undefined, metric: Metric) => most === undefined || sum(graph, links, metric) <= most
  const bounds = within(c.maxDelayUs, 'delay') && within(c.maxHops, 'hops') && within(c.maxIgpMetric, 'igp')
  return each && bounds && within(c.maxTeMetric, 'te')
}

test('a constrained path is the cheapest of all simple paths that keep the constraints', () => {
  fc.assert(
    fc.property(graphs, constraints, (graph, c) => {
      const metric = c.minimize ?? 'igp'
      const costs = simplePaths(graph, 0, 5)
        .filter((path) => allows(graph, path, c))
        .map((path) => sum(graph, path, metric))
      const path = constrainedPath(graph, 0, 5, c)
      assert.equal(path?.cost, costs.length === 0 ? undefined : Math.min(...costs))
      if (path !== undefined) assert.ok(allows(graph, path.links, c))
      if (path === undefined) {
        const why = whyNoPath(graph, 0, 5, c)
        assert.equal(why.disconnected, simplePaths(graph, 0, 5).length === 0)
        for (const { path: relaxed } of why.relaxations) assert.equal(relaxed.nodes.at(-1), 5)
      }
    }),
    { numRuns },
  )
})

function common(graph: Graph, a: readonly number[], b: readonly number[], disjointness: Disjointness): boolean {
  const ends = (links: readonly number[]) => links.slice(0, -1).map((index) => graph.links[index]?.to)
  const groups = (links: readonly number[]) => links.flatMap((index) => graph.links[index]?.record.srlgs ?? [])
  if (a.some((link) => b.includes(link))) return true
  if (disjointness === 'node') return ends(a).some((n) => ends(b).includes(n))
  return disjointness === 'srlg' && groups(a).some((group) => groups(b).includes(group))
}

test('a disjoint pair is the cheapest of all pairs that have nothing in common', () => {
  fc.assert(
    fc.property(graphs, fc.constantFrom<Disjointness>('link', 'node', 'srlg'), (graph, disjointness) => {
      const paths = simplePaths(graph, 0, 5)
      const costs = paths.flatMap((a) =>
        paths.filter((b) => !common(graph, a, b, disjointness)).map((b) => sum(graph, a, 'igp') + sum(graph, b, 'igp')),
      )
      const pair = disjointPair(graph, 0, 5, disjointness)
      assert.equal(pair !== undefined, costs.length > 0)
      if (pair === undefined) return
      assert.equal(common(graph, pair[0].links, pair[1].links, disjointness), false)
      assert.equal(pair[0].cost + pair[1].cost, Math.min(...costs))
    }),
    { numRuns },
  )
})

test('a segment list forces its path, and no shorter one does', () => {
  fc.assert(
    fc.property(graphs, fc.nat(50), (graph, pick) => {
      const paths = simplePaths(graph, 0, 5).filter((path) => path.length > 0)
      const path = paths[pick % Math.max(1, paths.length)]
      if (path === undefined) return
      const topology = igpTopology(graph)
      const segments = encodePath(new DistanceCache(topology), path)
      assert.ok(segments)
      // What the segments do, by simple paths: from each node all cheapest paths to the next.
      const shortest = (from: number, to: number): number[][] => {
        const all = simplePaths(graph, from, to)
        const least = Math.min(...all.map((one) => sum(graph, one, 'igp')))
        return all.filter((one) => sum(graph, one, 'igp') === least)
      }
      let at = 0
      const walked: number[] = []
      for (const segment of segments) {
        if (segment.kind === 'adjacency') {
          assert.equal(graph.links[segment.link]?.from, at)
          walked.push(segment.link)
          at = graph.links[segment.link]?.to ?? -1
        } else {
          const ways = shortest(at, segment.node)
          assert.equal(ways.length, 1, 'a node-SID must not spread over equal paths')
          walked.push(...(ways[0] ?? []))
          at = segment.node
        }
      }
      assert.deepEqual(walked, path)
      // Least number of pieces, each a single link or an only shortest path.
      const nodes = [0, ...path.map((index) => graph.links[index]?.to ?? -1)]
      const least = new Array<number>(nodes.length).fill(Number.POSITIVE_INFINITY)
      least[0] = 0
      for (let to = 1; to < nodes.length; to += 1) {
        for (let from = 0; from < to; from += 1) {
          const ways = shortest(nodes[from] ?? -1, nodes[to] ?? -1)
          const only = ways.length === 1 && ways[0]?.join() === path.slice(from, to).join()
          if (only || to === from + 1) least[to] = Math.min(least[to] ?? 0, (least[from] ?? 0) + 1)
        }
      }
      assert.equal(segments.length, least.at(-1))
    }),
    { numRuns },
  )
})

test('disjoint ways of several travellers are the cheapest set, or there is none', () => {
  const small = Math.max(20, Math.floor(numRuns / 3))
  fc.assert(
    fc.property(graphs, fc.constantFrom<Disjointness>('link', 'node', 'srlg'), (graph, level) => {
      const ends = [
        [0, 5],
        [0, 4],
        [1, 5],
      ] as const
      const resources = new Resources(graph, level, new Set(ends.flat()))
      const found = disjointWalks(
        ends.map(([from, to]) => ({
          cheapest: (excluded) => {
            const links = resources.links(excluded)
            const path = constrainedPath(graph, from, to, {}, (link) => !links.has(link))
            return path && { cost: path.cost, uses: resources.used(path.links) }
          },
        })),
      )
      let best = Number.POSITIVE_INFINITY
      const ways = ends.map(([from, to]) =>
        simplePaths(graph, from, to).map((path) => ({ cost: sum(graph, path, 'igp'), uses: resources.used(path) })),
      )
      const [first = [], second = [], third = []] = ways
      const apart = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => ![...a].some((name) => b.has(name))
      for (const a of first)
        for (const b of second) {
          if (!apart(a.uses, b.uses)) continue
          for (const c of third)
            if (apart(a.uses, c.uses) && apart(b.uses, c.uses)) best = Math.min(best, a.cost + b.cost + c.cost)
        }
      if (found.walks === undefined) assert.ok(!found.proven || best === Number.POSITIVE_INFINITY)
      else {
        assert.equal(
          found.walks.reduce((cost, walk) => cost + walk.cost, 0),
          best,
        )
      }
    }),
    { numRuns: small },
  )
})

test('within a margin are exactly the paths that cost no more than it allows, cheapest first', () => {
  const margins = fc.oneof(
    fc.record({ percent: fc.constantFrom(0, 25, 100) }),
    fc.record({ absolute: fc.constantFrom(0, 1, 4) }),
  )
  fc.assert(
    fc.property(graphs, constraints, margins, (graph, c, margin) => {
      const metric = c.minimize ?? 'igp'
      const costs = simplePaths(graph, 0, 5)
        .filter((path) => allows(graph, path, c))
        .map((path) => sum(graph, path, metric))
        .sort((a, b) => a - b)
      const limit = withinMargin(costs[0] ?? 0, margin)
      const found = pathsWithin(graph, 0, 5, c, margin, 1000)
      assert.deepEqual(
        found.map((path) => path.cost),
        costs.filter((cost) => cost <= limit),
      )
      assert.equal(new Set(found.map((path) => path.links.join())).size, found.length)
      for (const path of found) assert.ok(allows(graph, path.links, c))
    }),
    { numRuns },
  )
})

/** All walks with at most so many links. */
function walks(graph: Graph, source: number, target: number, most: number): number[][] {
  const found: number[][] = []
  const go = (at: number, links: number[]): void => {
    if (at === target) found.push(links)
    if (links.length === most) return
    for (const { index, from, to } of graph.links) if (from === at) go(to, [...links, index])
  }
  go(source, [])
  return found
}

test('a path over nodes and links in an order is the cheapest of all walks that pass them so', () => {
  const waypoint = fc.oneof(
    fc.nat(5),
    fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 2 }).map((links) => ({ links })),
  )
  let found = 0
  fc.assert(
    fc.property(graphs, fc.array(waypoint, { minLength: 1, maxLength: 2 }), (graph, via) => {
      const passes = (path: readonly number[]): boolean => {
        // The earliest place of each is never worse.
        let next = 0
        const meet = (node: number): void => {
          while (via[next] === node) next += 1
        }
        meet(0)
        for (const link of path) {
          const wanted = via[next]
          if (typeof wanted === 'object' && wanted.links.includes(link)) next += 1
          meet(graph.links[link]?.to ?? -1)
        }
        return next === via.length
      }
      const most = 6
      const costs = walks(graph, 0, 5, most)
        .filter(passes)
        .map((path) => sum(graph, path, 'igp'))
      const path = constrainedPath(graph, 0, 5, { via })
      if (path === undefined) assert.deepEqual(costs, [])
      if (path === undefined || path.links.length > most) return
      found += 1
      assert.ok(passes(path.links))
      assert.equal(path.cost, Math.min(...costs))
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  )
  assert.ok(found > numRuns / 50, `${found} paths`)
})
