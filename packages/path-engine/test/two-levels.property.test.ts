// IS-IS with two levels and everything re-advertised between them, against a walk over all simple paths, hop by hop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, NodeRecord, PrefixRecord } from '@segchain/records'
import fc from 'fast-check'
import {
  advertisedNetwork,
  forward,
  type Graph,
  igpInstancesOf,
  joinInstances,
  nodeName,
  snapshotOf,
} from '../src/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 500)
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const LABEL = 16007

const linkCase = fc.record({
  level: fc.constantFrom(1 as const, 2 as const),
  ends: fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 2 }),
  metric: fc.integer({ min: 1, max: 4 }),
})
const cases = fc.record({
  links: fc.array(linkCase, { minLength: 7, maxLength: 12 }),
  owner: fc.constantFrom(...names),
  metric: fc.nat(3),
})
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never
type Level = 1 | 2

/** A way of a level: where it ends, its cost, and the first link's far end. */
function waysFrom({ links }: Case, level: Level, from: string): { to: string; cost: number; next: string }[] {
  const found: { to: string; cost: number; next: string }[] = []
  const walk = (at: string, seen: string[], cost: number): void => {
    if (at !== from) found.push({ to: at, cost, next: seen[1] as string })
    for (const link of links) {
      const [one, other] = link.ends as [string, string]
      const to = one === at ? other : other === at ? one : undefined
      if (link.level === level && to !== undefined && !seen.includes(to)) walk(to, [...seen, to], cost + link.metric)
    }
  }
  walk(from, [from], 0)
  return found
}

const isIn = ({ links }: Case, level: Level, name: string): boolean =>
  links.some((link) => link.level === level && link.ends.includes(name))

type Advertiser = { readonly name: string; readonly metric: number }

/** The cheapest of the ways to these advertisers: cost and next routers; undefined without one. */
function best(test: Case, level: Level, from: string, advertisers: readonly Advertiser[]) {
  const ways = waysFrom(test, level, from).flatMap(({ to, cost, next }) =>
    // Whoever advertises it keeps the packets that it gets: the ways beyond are longer or as long.
    advertisers.filter(({ name }) => name === to).map(({ metric }) => ({ to, cost: cost + metric, next })),
  )
  if (ways.length === 0) return undefined
  const cost = Math.min(...ways.map((way) => way.cost))
  return { cost, next: [...new Set(ways.filter((way) => way.cost === cost).map((way) => way.next))].sort() }
}

/** What every router does, in the order of RFC 5302 §3.2: level 1, level 2, down from level 2. */
function oracle(test: Case) {
  const { owner, metric } = test
  const own: Advertiser[] = [{ name: owner, metric }]
  const borders = names.filter((name) => name !== owner && isIn(test, 1, name) && isIn(test, 2, name))
  const ofLevel1 = isIn(test, 1, owner) ? own : []
  const route1 = (name: string) => (isIn(test, 1, name) ? best(test, 1, name, ofLevel1) : undefined)
  const up = borders.flatMap((name): Advertiser[] => {
    const route = route1(name)
    return route === undefined ? [] : [{ name, metric: route.cost }]
  })
  const ofLevel2 = [...(isIn(test, 2, owner) ? own : []), ...up]
  const route2 = (name: string) =>
    isIn(test, 2, name)
      ? best(
          test,
          2,
          name,
          ofLevel2.filter((one) => one.name !== name),
        )
      : undefined
  const down = borders.flatMap((name): Advertiser[] => {
    const route = route1(name) === undefined ? route2(name) : undefined
    return route === undefined ? [] : [{ name, metric: route.cost }]
  })
  const route = (name: string) =>
    route1(name) ??
    route2(name) ??
    (isIn(test, 1, name)
      ? best(
          test,
          1,
          name,
          down.filter((one) => one.name !== name),
        )
      : undefined)
  return { up, down, route }
}

function recordsOf(test: Case): (NodeRecord | LinkRecord | PrefixRecord)[] {
  const level = (number: Level) => ({ protocol: `isis-l${number}` as const, instanceId: '0' })
  const idOf = (number: Level, name: string) => `${number}${name}`
  const { up, down } = oracle(test)
  const both: Level[] = [1, 2]
  const prefix = (
    number: Level,
    { name, metric }: Advertiser,
    flags: string[],
    igpFlags: string[] = [],
  ): PrefixRecord => ({
    ...{
      kind: 'prefix',
      id: `p@${idOf(number, name)}`,
      ...level(number),
      node: idOf(number, name),
      prefix: '10.0.0.7/32',
    },
    ...{ metric, prefixSids: [{ algorithm: 0, index: 7, flags }], igpFlags },
  })
  const leaked = ['readvertisement', 'no-php']
  return [
    ...both.flatMap((number) =>
      names
        .filter((name) => isIn(test, number, name))
        .map(
          (name): NodeRecord => ({
            ...{ kind: 'node', id: idOf(number, name), ...level(number), routerId: name, name },
            srgb: [{ first: 16000, size: 100 }],
          }),
        ),
    ),
    ...test.links.flatMap(({ level: number, ends, metric }, i) =>
      [ends, [...ends].reverse()].map((pair): LinkRecord => {
        const [from, to] = pair as [string, string]
        const id = `${number}${from}>${to}${i}`
        return {
          kind: 'link',
          id,
          ...level(number),
          localNode: idOf(number, from),
          remoteNode: idOf(number, to),
          igpMetric: metric,
        }
      }),
    ),
    ...both
      .filter((number) => isIn(test, number, test.owner))
      .map((number) => prefix(number, { name: test.owner, metric: test.metric }, ['node', 'no-php'])),
    ...up.map((one) => prefix(2, one, leaked)),
    ...down.map((one) => prefix(1, one, leaked, ['down'])),
  ]
}

test('every router of two levels forwards a leaked SID to the routers that a walk over all paths finds', () => {
  const seen = { ends: 0, forwards: 0, drops: 0, down: 0 }
  fc.assert(
    fc.property(cases, (one) => {
      const snapshot = snapshotOf(recordsOf(one))
      const instances = igpInstancesOf(snapshot)
      const graph: Graph | undefined = instances.length === 2 ? joinInstances(snapshot, instances) : undefined
      if (graph === undefined) return
      const network = advertisedNetwork(graph, snapshot.prefixes)
      const { route, down } = oracle(one)
      seen.down += down.length
      for (const node of graph.nodes) {
        const name = nodeName(node)
        const result = forward(network, node.index, LABEL)
        if (name === one.owner) {
          assert.equal(result.action, 'end')
          seen.ends += 1
          continue
        }
        const wanted = route(name)
        if (wanted === undefined) {
          assert.equal(result.action, 'drop')
          seen.drops += 1
          continue
        }
        assert.equal(result.action, 'forward', name)
        if (result.action !== 'forward') return
        const next: string[] = result.branches.map((branch) =>
          nodeName(graph.nodes[branch.node] as Graph['nodes'][number]),
        )
        assert.deepEqual([...new Set(next)].sort(), wanted.next, name)
        seen.forwards += 1
      }
    }),
    { numRuns },
  )
  assert.ok(seen.forwards > 2 * numRuns && seen.drops > 0 && seen.down > numRuns / 10, JSON.stringify(seen))
})
