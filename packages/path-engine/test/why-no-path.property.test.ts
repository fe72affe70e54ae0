import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Graph, type PathConstraints, whyNoPath } from '../src/index.js'
import { graphOf, node } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1500)
const names = ['a', 'b', 'c', 'd', 'e', 'f']

const graphs = fc
  .array(
    fc.record({
      ends: fc.tuple(fc.nat(5), fc.nat(5)),
      igpMetric: fc.integer({ min: 1, max: 5 }),
      delay: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 6 }),
      adminGroups: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
      srlg: fc.nat(3),
      bandwidth: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 6 }),
    }),
    { minLength: 4, maxLength: 10 },
  )
  .map((specs) =>
    graphOf(
      names.map((name) => node(name)),
      specs
        .filter(({ ends: [from, to] }) => from !== to)
        .map(({ ends: [from, to], igpMetric, delay, adminGroups, srlg, bandwidth }) => ({
          ...{ from: names[from] as string, to: names[to] as string, metric: igpMetric },
          extra: {
            ...{ adminGroups, srlgs: [srlg] },
            ...(delay === null ? {} : { minDelayUs: delay }),
            ...(bandwidth === null ? {} : { availableBandwidthBytesPerSec: bandwidth }),
          },
        })),
    ),
  )

const constraints: fc.Arbitrary<PathConstraints> = fc.record(
  {
    minimize: fc.constantFrom('igp' as const, 'delay' as const),
    excludeAny: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
    includeAny: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 }),
    includeAll: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
    excludeSrlgs: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
    excludeNodes: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    maxDelayUs: fc.integer({ min: 1, max: 10 }),
    maxHops: fc.integer({ min: 1, max: 3 }),
    maxIgpMetric: fc.integer({ min: 1, max: 10 }),
    bandwidthBytesPerSec: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: [] },
)

function simplePaths(graph: Graph): number[][] {
  const found: number[][] = []
  const walk = (at: number, links: number[], seen: number[]): void => {
    if (at === 5) found.push(links)
    else {
      for (const link of graph.links)
        if (link.from === at && !seen.includes(link.to)) walk(link.to, [...links, link.index], [...seen, link.to])
    }
  }
  walk(0, [], [0])
  return found
}

/** The parts of the constraints that a path breaks: written again, path by path. */
function broken(graph: Graph, path: readonly number[], c: PathConstraints): string[] {
  const links = path.map((index) => graph.links[index] as Graph['links'][number])
  const colours = links.map(({ record }) => record.adminGroups ?? [])
  const over = (key: string, most: number | undefined, values: (number | undefined)[]): string[] => {
    if (most === undefined) return []
    const total = values.reduce<number>((sum, value) => sum + (value ?? Number.NaN), 0)
    return total <= most ? [] : [key]
  }
  return [
    ...(c.excludeAny ?? []).filter((bit) => colours.some((own) => own.includes(bit))).map((bit) => `excludeAny ${bit}`),
    ...(c.includeAll ?? [])
      .filter((bit) => colours.some((own) => !own.includes(bit)))
      .map((bit) => `includeAll ${bit}`),
    ...(c.includeAny !== undefined && colours.some((own) => !c.includeAny?.some((bit) => own.includes(bit)))
      ? ['includeAny']
      : []),
    ...(c.excludeSrlgs ?? [])
      .filter((srlg) => links.some(({ record }) => record.srlgs?.includes(srlg)))
      .map((srlg) => `excludeSrlgs ${srlg}`),
    ...(c.excludeNodes ?? []).filter((one) => links.some(({ to }) => to === one)).map((one) => `excludeNodes ${one}`),
    ...over(
      'maxDelayUs',
      c.maxDelayUs,
      links.map(({ record }) => record.minDelayUs),
    ),
    ...over(
      'maxHops',
      c.maxHops,
      links.map(() => 1),
    ),
    ...over(
      'maxIgpMetric',
      c.maxIgpMetric,
      links.map(({ record }) => record.igpMetric),
    ),
    ...(c.minimize === 'delay' && links.some(({ record }) => record.minDelayUs === undefined) ? ['minimize'] : []),
    ...(c.bandwidthBytesPerSec !== undefined &&
    links.some(({ record }) => (record.availableBandwidthBytesPerSec ?? -1) < (c.bandwidthBytesPerSec ?? 0))
      ? ['bandwidthBytesPerSec']
      : []),
  ].sort()
}

const nameOfItem = (change: string): string => {
  const item = /^drop ([a-f0-9]+) from it$/.exec(change)?.[1]
  return item === undefined ? '' : ` ${/[a-f]/.test(item) ? names.indexOf(item) : item}`
}

test('the relaxations are exactly the smallest sets of constraints that some simple path breaks', () => {
  let several = 0
  let asked = 0
  fc.assert(
    fc.property(graphs, constraints, (graph, c) => {
      const paths = simplePaths(graph)
      const sets = paths.map((path) => broken(graph, path, c))
      // Of more than twelve not all sets are tried.
      const parts = Object.values(c).reduce<number>((sum, one) => sum + (Array.isArray(one) ? one.length : 1), 0)
      if (parts > 12 || sets.some((set) => set.length === 0)) return
      const { disconnected, relaxations } = whyNoPath(graph, 0, 5, c)
      assert.equal(disconnected, paths.length === 0)
      const fewest = Math.min(...sets.map((set) => set.length))
      const wanted = new Set(sets.filter((set) => set.length === fewest).map((set) => set.join()))
      const got = relaxations.map(({ changes }) =>
        changes
          .map(({ constraint, change }) => `${constraint}${nameOfItem(change)}`)
          .sort()
          .join(),
      )
      assert.deepEqual(got.sort(), [...wanted].sort())
      asked += 1
      if (fewest > 1 && paths.length > 0) several += 1
      // The path keeps all that was not given up.
      for (const { changes, path } of relaxations) {
        const left = broken(graph, path.links, c)
        assert.deepEqual(left, changes.map(({ constraint, change }) => `${constraint}${nameOfItem(change)}`).sort())
      }
    }),
    { numRuns },
  )
  assert.ok(several > numRuns / 50 && asked > numRuns / 10, `${several} of ${asked}`)
})

test('a bound is raised, and a bandwidth lowered, only as far as it must', () => {
  fc.assert(
    fc.property(graphs, constraints, (graph, c) => {
      const paths = simplePaths(graph)
      if (paths.some((path) => broken(graph, path, c).length === 0)) return
      for (const { changes } of whyNoPath(graph, 0, 5, c).relaxations) {
        const [only] = changes
        const [, to] = /to ([0-9]+)$/.exec(only?.change ?? '') ?? []
        if (only === undefined || changes.length > 1 || to === undefined) continue
        const at = (value: number): boolean =>
          paths.some((path) => broken(graph, path, { ...c, [only.constraint]: value }).length === 0)
        assert.ok(at(Number(to)), `${only.constraint} ${only.change}`)
        const nearer = Number(to) + (only.constraint === 'bandwidthBytesPerSec' ? 1 : -1)
        assert.ok(!at(nearer), `${only.constraint}: ${nearer} would do`)
      }
    }),
    { numRuns },
  )
})

test('with more constraints than can be tried, one set that cannot be made smaller', () => {
  // source: by hand. One link with twenty colours, all of them excluded: every one has to go.
  const adminGroups = Array.from({ length: 20 }, (_, bit) => bit)
  const graph = graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1, extra: { adminGroups } }])
  const { relaxations } = whyNoPath(graph, 0, 1, { excludeAny: [...adminGroups, 20, 21, 22, 23, 24] })
  assert.equal(relaxations.length, 1)
  assert.equal(relaxations[0]?.changes.length, 20)
})
