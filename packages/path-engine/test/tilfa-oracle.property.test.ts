import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type AlgorithmTopology,
  type Definition,
  DistanceCache,
  failureOf,
  flexAlgoTopology,
  type Graph,
  igpTopology,
  type PathSegment,
  type Protection,
  type Repair,
  repairsOf,
} from '../src/index.js'
import { graphOf, type LinkSpec, node } from './support/network.js'

/** TI-LFA against all simple paths, tried one by one: in algorithm 0 and in a Flex-Algo, with LANs and overload. */
const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)

const routers = ['a', 'b', 'c', 'd', 'e', 'f']
const half = fc.record({
  metric: fc.integer({ min: 1, max: 5 }),
  delay: fc.integer({ min: 0, max: 4 }),
  colour: fc.nat(4),
})
const linkCase = fc.record({ from: fc.nat(5), to: fc.nat(5), forth: half, back: half, srlg: fc.nat(4) })
const networkCase = fc.record({
  links: fc.array(linkCase, { minLength: 6, maxLength: 11 }),
  lan: fc.uniqueArray(fc.record({ router: fc.nat(5), metric: fc.integer({ min: 1, max: 4 }) }), {
    selector: ({ router }) => router,
    maxLength: 3,
  }),
  overloaded: fc.option(fc.nat(5), { freq: 3 }),
  /** 0, or 128 by delay without colour 0 and perhaps without a router. */
  algorithm: fc.constantFrom(0, 128),
  outside: fc.option(fc.nat(5), { freq: 3 }),
})
type NetworkCase = typeof networkCase extends fc.Arbitrary<infer T> ? T : never

const definition: Definition = {
  ...{ metricType: 1, calculationType: 0, priority: 128, excludeAny: [0], includeAny: [], includeAll: [] },
  ...{ excludeSrlgs: [], prefixMetric: false },
}

function build(test: NetworkCase): { graph: Graph; topology: AlgorithmTopology } {
  const name = (number: number): string => routers[number] as string
  const graph = graphOf(
    [
      ...routers.map((id, i) => node(id, test.overloaded === i ? { flags: ['overload'] } : {})),
      node('p', { pseudonode: true }),
    ],
    [
      ...test.links.flatMap((link, i): LinkSpec[] => {
        const { from, to, forth, back, srlg } = link
        if (from === to) return []
        const one = (a: number, b: number, { metric, delay, colour }: typeof forth): LinkSpec => ({
          ...{ from: name(a), to: name(b), metric, oneWay: true },
          extra: {
            ...{ minDelayUs: delay, adminGroups: [colour], srlgs: [srlg] },
            ...{ localAddresses: [`10.0.${i}.${a}`], remoteAddresses: [`10.0.${i}.${b}`] },
          },
        })
        return [one(from, to, forth), one(to, from, back)]
      }),
      ...test.lan.flatMap(({ router, metric }) => [
        { from: name(router), to: 'p', metric, oneWay: true, extra: { minDelayUs: metric, adminGroups: [3] } },
        { from: 'p', to: name(router), metric: 0, oneWay: true },
      ]),
    ],
  )
  if (test.algorithm === 0) return { graph, topology: igpTopology(graph) }
  const out = test.outside === null ? undefined : graph.indexOfNode.get(name(test.outside))
  const whyAbsent = (index: number) => (index === out ? 'outside' : undefined)
  return { graph, topology: flexAlgoTopology(graph, 128, definition, { source: 'legacy', whyAbsent }) }
}

/** What a link costs, by the rules written a second time. */
function weight(test: NetworkCase, graph: Graph, index: number): number {
  const { from, to, record } = graph.links[index] as Graph['links'][number]
  const isLan = (at: number) => graph.nodes[at]?.id === 'p'
  if (test.algorithm === 0) return isLan(from) ? 0 : (record.igpMetric ?? Infinity)
  const outside = test.outside === null ? undefined : routers[test.outside]
  if ([from, to].some((end) => graph.nodes[end]?.id === outside)) return Infinity
  if (isLan(from)) return 0
  return record.adminGroups?.includes(0) ? Infinity : (record.minDelayUs ?? Infinity)
}

type Path = readonly number[]

/** All shortest simple paths between two nodes, of all simple paths; memoised by the ends. */
function oracle(test: NetworkCase, graph: Graph, gone: { links: ReadonlySet<number>; nodes: ReadonlySet<number> }) {
  const weights = graph.links.map((_, i) => (gone.links.has(i) ? Infinity : weight(test, graph, i)))
  const known = new Map<string, { cost: number; paths: Path[] }>()
  return (from: number, to: number) => {
    const key = `${from}|${to}`
    const memo = known.get(key)
    if (memo !== undefined) return memo
    const best = { cost: Infinity, paths: [] as Path[] }
    const walk = (at: number, nodes: readonly number[], links: readonly number[], cost: number): void => {
      if (cost > best.cost) return
      if (at === to) {
        if (cost < best.cost) best.paths = []
        best.cost = cost
        best.paths.push(links)
        return
      }
      if (at !== from && graph.nodes[at]?.overload) return
      for (const { index, from: near, to: far } of graph.links) {
        const isOpen = near === at && weights[index] !== Infinity && !gone.nodes.has(far) && !nodes.includes(far)
        if (isOpen) walk(far, [...nodes, far], [...links, index], cost + (weights[index] as number))
      }
    }
    if (!gone.nodes.has(from)) walk(from, [from], [], 0)
    known.set(key, best)
    return best
  }
}

/** Every branch of a repaired packet, by segments on the tables of before the failure; each is the links that it took. */
function walked(graph: Graph, before: ReturnType<typeof oracle>, repair: Repair): Path[] {
  // Over a LAN the router picks who of the LAN gets the packet.
  const skip = graph.nodes[graph.targets[repair.link as number] as number]?.pseudonode ? 2 : 1
  let ways: Path[] = [repair.path.slice(0, skip)]
  const segments: PathSegment[] = [...repair.segments, { kind: 'node', node: repair.destination }]
  for (const segment of segments) {
    ways = ways.flatMap((way) => {
      const at = graph.targets[way.at(-1) as number] as number
      if (segment.kind === 'node') {
        // A node-SID that meets a router of its own ends there.
        return before(at, segment.node).paths.map((links) => [...way, ...links])
      }
      assert.equal(graph.links[segment.link]?.from, at)
      const over = graph.targets[segment.link] as number
      if (over === segment.to) return [[...way, segment.link]]
      const onward = graph.links.find(({ from, to }) => from === over && to === segment.to)
      return [[...way, segment.link, onward?.index ?? -1]]
    })
  }
  return ways
}

/** Fewest segments along the path after convergence, by trying every way to cut it. */
function fewest(
  graph: Graph,
  before: ReturnType<typeof oracle>,
  repair: Repair,
  avoids: (path: Path) => boolean,
): number {
  const nodes = [
    graph.links[repair.path[0] as number]?.from,
    ...repair.path.map((link) => graph.targets[link]),
  ] as number[]
  const skip = graph.nodes[nodes[1] as number]?.pseudonode ? 2 : 1
  const clean = (from: number, to: number): boolean => {
    const { paths } = before(nodes[from] as number, nodes[to] as number)
    return paths.length > 0 && paths.every(avoids)
  }
  const last = nodes.length - 1
  const isLan = (at: number) => graph.nodes[nodes[at] as number]?.pseudonode === true
  const from = (at: number): number => {
    if (clean(at, last) || at === last) return 0
    let best = Infinity
    for (let to = at + 1; to <= last; to += 1) {
      if (isLan(to)) continue
      const isAdjacent = to === at + 1 || (to === at + 2 && isLan(at + 1))
      if (isAdjacent || clean(at, to)) best = Math.min(best, 1 + from(to))
    }
    return best
  }
  return from(skip)
}

for (const protection of ['link', 'node', 'srlg'] as const satisfies readonly Protection[]) {
  test(`repairs with ${protection} protection are those of all simple paths: whom they are for, their cost, their length`, () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(networkCase, (test) => {
        const { graph, topology } = build(test)
        const distances = new DistanceCache(topology)
        // Between routers that nothing separates, shortest paths may lead to and fro: no list need be the shortest.
        const isExact = graph.links.every(
          ({ index, from }) => weight(test, graph, index) > 0 || graph.nodes[from]?.pseudonode,
        )
        const before = oracle(test, graph, { links: new Set(), nodes: new Set() })
        for (const { index: link, from: root } of graph.links) {
          if (topology.weights[link] === Infinity || graph.nodes[root]?.pseudonode) continue
          const lan = graph.targets[link] as number
          // Over a LAN node protection is against each of its other routers.
          const onLan = graph.links.filter(
            ({ from, to, index }) => from === lan && to !== root && weight(test, graph, index) === 0,
          )
          const neighbors: (number | undefined)[] =
            protection === 'node' && graph.nodes[lan]?.pseudonode ? onLan.map(({ to }) => to) : [undefined]
          const everyRepair = repairsOf(distances, link, protection)
          assert.ok(everyRepair.every((repair) => neighbors.includes(repair.neighbor)))
          for (const neighbor of neighbors) {
            const failure = failureOf(graph, link, protection, neighbor)
            const after = oracle(test, graph, failure)
            const avoids = (path: Path): boolean =>
              path.every((one) => !failure.links.has(one) && !failure.nodes.has(graph.targets[one] as number))
            const repairs = everyRepair.filter((repair) => repair.neighbor === neighbor)
            const wanted = graph.nodes.filter(
              ({ index, pseudonode }) =>
                index !== root &&
                !pseudonode &&
                !failure.nodes.has(index) &&
                before(root, index).paths.some(
                  (path) =>
                    path[0] === link && (neighbor === undefined || graph.targets[path[1] as number] === neighbor),
                ),
            )
            assert.deepEqual(
              repairs.map(({ destination }) => destination),
              wanted.map(({ index }) => index),
            )
            for (const repair of repairs) {
              const { cost } = after(root, repair.destination)
              seen.set(`${test.algorithm} ${repair.kind}`, 1 + (seen.get(`${test.algorithm} ${repair.kind}`) ?? 0))
              assert.equal(repair.kind === 'unprotected', cost === Infinity)
              if (repair.kind === 'unprotected') continue
              const total = (path: Path) => path.reduce((sum, one) => sum + weight(test, graph, one), 0)
              assert.equal(total(repair.path), cost)
              assert.ok(avoids(repair.path))
              const ways = walked(graph, before, repair)
              assert.ok(ways.length > 0)
              for (const way of ways) {
                assert.equal(graph.targets[way.at(-1) as number], repair.destination)
                assert.ok(avoids(way))
                assert.equal(total(way), cost)
              }
              if (!isExact) continue
              assert.equal(repair.segments.length, fewest(graph, before, repair, avoids))
              assert.equal(
                repair.kind === 'ecmp',
                repair.segments.length === 0 && cost === before(root, repair.destination).cost,
              )
            }
          }
        }
      }),
      { numRuns },
    )
    for (const algorithm of [0, 128]) {
      for (const kind of ['ecmp', 'lfa', 'repair', 'unprotected'])
        assert.ok(
          (seen.get(`${algorithm} ${kind}`) ?? 0) > numRuns / 30,
          `${algorithm} ${kind}: ${seen.get(`${algorithm} ${kind}`)}`,
        )
    }
    const cases = [...seen.values()].reduce((sum, count) => sum + count, 0)
    assert.ok(cases > 5 * numRuns, `${cases} repairs`)
  })
}
