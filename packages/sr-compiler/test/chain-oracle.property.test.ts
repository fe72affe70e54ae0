import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  buildGraph,
  type Definition,
  flexAlgoTopology,
  type Graph,
  LabelNetwork,
  type PrefixSidEntry,
  snapshotOf,
  trace,
} from '@segchain/path-engine'
import type { LinkRecord, NodeRecord } from '@segchain/records'
import fc from 'fast-check'
import { buildStack, isFailure } from '../src/compile/stack.js'

/** Chains of anycast segments in a Flex-Algo, against all simple paths tried one by one. */
const runs = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1000)

const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const names = ['a', 'b', 'c', 'd', 'e', 'f']
const value = fc.integer({ min: 1, max: 4 })
const bit = fc.subarray([0, 1, 2])
const bits = fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: bit })

const linkCase = fc.record({
  from: fc.nat(5),
  to: fc.nat(5),
  igp: value,
  delay: fc.option(value, { freq: 6 }),
  te: fc.option(value, { freq: 6 }),
  generic: fc.option(value, { freq: 6 }),
  colours: bits,
  srlg: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 3 }),
})
type LinkCase = typeof linkCase extends fc.Arbitrary<infer T> ? T : never

const networkCase = fc.record({
  links: fc.array(linkCase, { minLength: 5, maxLength: 12 }),
  overloaded: fc.subarray([0, 1, 2, 3, 4, 5], { maxLength: 1 }),
  outside: fc.subarray([1, 2, 3, 4, 5], { maxLength: 1 }),
  metricType: fc.constantFrom(0, 1, 2, 200),
  excludeAny: bits,
  includeAny: bits,
  includeAll: bits,
  excludeSrlgs: fc.oneof(fc.constant<number[]>([]), fc.subarray([1, 2])),
  chain: fc.array(
    fc.uniqueArray(fc.record({ node: fc.nat(5), cost: fc.nat(2) }), {
      selector: (member) => member.node,
      minLength: 1,
      maxLength: 3,
    }),
    { minLength: 1, maxLength: 3 },
  ),
})
type NetworkCase = typeof networkCase extends fc.Arbitrary<infer T> ? T : never

function graphOf(test: NetworkCase): Graph {
  const nodes = names.map(
    (name, i): NodeRecord => ({
      kind: 'node',
      id: name,
      ...instance,
      ...(test.overloaded.includes(i) ? { flags: ['overload'] } : {}),
    }),
  )
  const links = test.links.flatMap((link, i) =>
    link.from === link.to ? [] : [half(link, link.from, link.to, i), half(link, link.to, link.from, i)],
  )
  return buildGraph(snapshotOf([...nodes, ...links]), instance)
}

function half(link: LinkCase, from: number, to: number, i: number): LinkRecord {
  return {
    kind: 'link',
    id: `${from}-${to}-${i}`,
    ...instance,
    localNode: names[from] as string,
    remoteNode: names[to] as string,
    igpMetric: link.igp,
    applicationSpecific: [
      {
        applications: ['flex-algo'],
        attributes: {
          ...(link.delay === null ? {} : { minDelayUs: link.delay }),
          ...(link.te === null ? {} : { teMetric: link.te }),
          ...(link.generic === null ? {} : { genericMetrics: [{ type: 200, metric: link.generic }] }),
          ...(link.srlg === null ? {} : { srlgs: [link.srlg] }),
          extendedAdminGroups: link.colours,
        },
      },
    ],
  }
}

/** The rules of RFC 9350 §13, written a second time: what a link costs, or Infinity. */
function weightOf(test: NetworkCase, link: LinkCase): number {
  const has = (colour: number): boolean => link.colours.includes(colour)
  if (link.from === link.to || test.outside.includes(link.from) || test.outside.includes(link.to)) return Infinity
  if (test.excludeAny.some(has) || (link.srlg !== null && test.excludeSrlgs.includes(link.srlg))) return Infinity
  if (test.includeAny.length > 0 && !test.includeAny.some(has)) return Infinity
  if (!test.includeAll.every(has)) return Infinity
  const metrics = new Map([
    [0, link.igp],
    [1, link.delay],
    [2, link.te],
    [200, link.generic],
  ])
  return metrics.get(test.metricType) ?? Infinity
}

interface Reached {
  readonly cost: number
  /** Where packets end, and what the links to there cost (not what the member says of itself). */
  readonly ends: ReadonlyMap<number, number>
  /** Whom they meet on the way. */
  readonly nodes: ReadonlySet<number>
  /** Some of them meet a member on the way to another one. */
  readonly isOver: boolean
}

/** All simple paths from a node to the members of a segment; the cheapest of them. */
function reach(
  test: NetworkCase,
  weights: readonly number[],
  from: number,
  segment: NetworkCase['chain'][number],
): Reached {
  const members = new Map(
    segment.flatMap(({ node, cost }) => (test.outside.includes(node) ? [] : [[node, cost] as const])),
  )
  if (members.has(from)) return { cost: 0, ends: new Map([[from, 0]]), nodes: new Set([from]), isOver: false }
  // A way to one member may lead over another with a larger metric of its own (no overloaded one), and ends there.
  let best = { cost: Infinity, ends: new Map<number, number>(), nodes: new Set<number>() }
  let isOver = false
  const walk = (
    path: readonly number[],
    cost: number,
    over: { path: readonly number[]; total: number; length: number } | undefined,
  ): void => {
    const at = path[path.length - 1] as number
    const own = members.get(at)
    if (own !== undefined) {
      const total = cost + own
      if (total < best.cost) {
        best = { cost: total, ends: new Map(), nodes: new Set() }
        isOver = false
      }
      if (total === best.cost) {
        const taken = over?.path ?? path
        if (over !== undefined && over.total > total) isOver = true
        best.ends.set(taken[taken.length - 1] as number, over?.length ?? cost)
        for (const node of taken) best.nodes.add(node)
      }
    }
    if (at !== from && test.overloaded.includes(at)) return
    const met = over ?? (own === undefined ? undefined : { path, total: cost + own, length: cost })
    test.links.forEach((link, i) => {
      const weight = weights[i] as number
      if (!Number.isFinite(weight) || (link.from !== at && link.to !== at)) return
      const to = link.from === at ? link.to : link.from
      if (!path.includes(to)) walk([...path, to], cost + weight, met)
    })
  }
  walk([from], 0, undefined)
  return { ...best, isOver }
}

/** The dearest branch through the rest of the chain, and every node that any branch meets. */
function expected(test: NetworkCase): { cost: number; nodes: Set<number>; ends: number[][] } {
  const weights = test.links.map((link) => weightOf(test, link))
  const nodes = new Set([0])
  const ends = test.chain.map(() => new Set<number>())
  const from = (at: number, step: number): number => {
    const segment = test.chain[step]
    if (segment === undefined) return 0
    // Every other segment is popped one hop early: a packet that is there already has a label that nobody knows.
    if (step % 2 === 0 && !test.outside.includes(at) && segment.some(({ node }) => node === at)) return Infinity
    const reached = reach(test, weights, at, segment)
    if (step % 2 === 0 && reached.isOver) return Infinity
    for (const node of reached.nodes) nodes.add(node)
    let worst = reached.ends.size === 0 ? Infinity : 0
    for (const [end, length] of reached.ends) {
      ends[step]?.add(end)
      worst = Math.max(worst, length + from(end, step + 1))
    }
    return worst
  }
  const cost = from(0, 0)
  return { cost, nodes, ends: ends.map((set) => [...set].sort((a, b) => a - b)) }
}

test('stack, cost, ends and every branch of a chain are those of all simple paths, in any Flex-Algo', () => {
  let compiled = 0
  let unreachable = 0
  fc.assert(
    fc.property(networkCase, (test) => {
      const graph = graphOf(test)
      const definition: Definition = { ...test, calculationType: 0, priority: 128, prefixMetric: false }
      const topology = flexAlgoTopology(graph, 128, definition, {
        source: 'application-specific',
        whyAbsent: (node) => (test.outside.includes(node) ? 'outside' : undefined),
      })
      const sids = test.chain.map(
        (members, i): PrefixSidEntry => ({
          prefix: `10.0.0.${i}/32`,
          algorithm: 128,
          index: i,
          members: members.map((member) => ({ ...member, lastHop: i % 2 === 0 ? 'php' : 'no-php' })),
          nodeSid: false,
          owner: `service ${i}`,
          service: `service ${i}`,
        }),
      )
      const blocks = names.map(() => [{ first: 16000, size: 100 }])
      const network = new LabelNetwork({ graph, topologies: new Map([[128, topology]]), blocks, sids })
      const wanted = expected(test)
      const stack = buildStack(network, 0, sids)
      if (isFailure(stack)) {
        unreachable += 1
        assert.ok(['UNREACHABLE', 'SID_OUTSIDE_SRGB', 'OWN_LABEL'].includes(stack.code), stack.why)
        assert.equal(wanted.cost, Infinity)
        return
      }
      compiled += 1
      assert.equal(stack.cost, wanted.cost)
      assert.deepEqual(
        stack.entries.map((entry) => entry.ends),
        wanted.ends,
      )
      const { hops, loop } = trace(
        network,
        0,
        stack.entries.map((entry) => entry.label),
      )
      assert.equal(loop, false)
      assert.equal(
        hops.some((hop) => hop.action === 'drop'),
        false,
      )
      assert.deepEqual([...new Set(hops.map((hop) => hop.node))].sort(), [...wanted.nodes].sort())
      const last = hops.filter((hop) => hop.action === 'deliver').map((hop) => hop.node)
      assert.deepEqual([...new Set(last)].sort(), wanted.ends[wanted.ends.length - 1])
    }),
    { numRuns: runs },
  )
  // Both kinds have to be among the cases, or nothing was compared.
  assert.ok(compiled > runs / 10 && unreachable > runs / 20, `${compiled} chains, ${unreachable} without a way`)
})
