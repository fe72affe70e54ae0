import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord } from '@segchain/records'
import {
  bothDirections,
  constrainedPath,
  failureOf,
  type Graph,
  igpInstancesOf,
  igpTopology,
  joinInstances,
  nextHops,
  routesTo,
  scopedTopology,
  sharedRisks,
  snapshotOf,
} from '../src/index.js'
import { at, graphOf, links, node } from './support/network.js'

const linkOf = (graph: Graph, from: string, to: string): Graph['links'][number] => {
  const found = graph.links.find((link) => link.from === at(graph, from) && link.to === at(graph, to))
  assert.ok(found)
  return found
}
const aslaOf = (
  applications: readonly string[],
  attributes: LinkRecord['applicationSpecific'] extends readonly (infer T)[] | undefined
    ? T extends { attributes: infer A }
      ? A
      : never
    : never,
) => ({ applications: [...applications], attributes })

test('values that a link tells for applications alone are those of paths, too', () => {
  // source: RFC 9479 §4.2, by hand. SR Policy has a delay and a colour of its own; the TE metric is for any application, which
  // counts only where SR Policy has nothing; Flex-Algo alone was told the bandwidth.
  const extra: Partial<LinkRecord> = {
    ...{ teMetric: 5, adminGroups: [1], extendedAdminGroups: [40], minDelayUs: 900, srlgs: [3] },
    applicationSpecific: [
      aslaOf(['flex-algo'], { minDelayUs: 100, adminGroups: [7], srlgs: [1], maxBandwidthBytesPerSec: 1000 }),
      aslaOf(['any'], { teMetric: 77 }),
      aslaOf(['sr-policy'], { minDelayUs: 200, adminGroups: [2], srlgs: [2] }),
    ],
  }
  const { record } = linkOf(graphOf([node('a'), node('b')], [{ from: 'a', to: 'b', metric: 1, extra }]), 'a', 'b')
  assert.equal(record.minDelayUs, 200)
  assert.deepEqual([record.adminGroups, record.extendedAdminGroups], [[2], []])
  assert.equal(record.teMetric, 5)
  assert.equal(record.maxBandwidthBytesPerSec, 1000)
  assert.deepEqual(record.srlgs, [1, 2, 3])
})

test('a bound on delay is kept where links tell their delay to Flex-Algo alone', () => {
  const told = (minDelayUs: number) => ({ applicationSpecific: [aslaOf(['flex-algo'], { minDelayUs })] })
  const graph = graphOf(
    ['a', 'b', 'c'].map((name) => node(name)),
    [
      { from: 'a', to: 'c', metric: 1, extra: told(900) },
      { from: 'a', to: 'b', metric: 5, extra: told(100) },
      { from: 'b', to: 'c', metric: 5, extra: told(100) },
    ],
  )
  const path = constrainedPath(graph, at(graph, 'a'), at(graph, 'c'), { maxDelayUs: 500 })
  assert.equal(path?.delayUs, 200)
})

test('an SRLG that one end alone tells takes both directions down, and keeps paths off both', () => {
  const graph = graphOf(
    ['a', 'b', 'c'].map((name) => node(name)),
    [
      { from: 'a', to: 'b', metric: 1, extra: { srlgs: [7] } },
      { from: 'b', to: 'c', metric: 1, oneWay: true, extra: { srlgs: [7] } },
      { from: 'c', to: 'b', metric: 1, oneWay: true },
      { from: 'a', to: 'c', metric: 9 },
    ],
  )
  const whole = [
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'b'],
  ].map(([from, to]) => linkOf(graph, from as string, to as string).index)
  assert.deepEqual([...(sharedRisks(graph).get(7) ?? [])].sort(), whole.sort())
  const { links: failed } = failureOf(graph, linkOf(graph, 'c', 'b').index, 'srlg')
  assert.deepEqual([...failed].sort(), whole)
  const path = constrainedPath(graph, at(graph, 'c'), at(graph, 'a'), { excludeSrlgs: [7] })
  assert.deepEqual(path?.cost, 9)
})

test('unnumbered parallel links are told apart by their identifiers', () => {
  const one = (from: string, to: string, metric: number, localLinkId: number, remoteLinkId: number) => ({
    ...{ from, to, metric, oneWay: true },
    extra: { localLinkId, remoteLinkId },
  })
  const graph = graphOf(
    [node('a'), node('b')],
    // The answer to the cheap one is gone.
    [one('a', 'b', 10, 1, 11), one('b', 'a', 10, 11, 1), one('a', 'b', 1, 2, 12), one('b', 'a', 20, 13, 3)].concat([
      one('a', 'b', 20, 3, 13),
    ]),
  )
  assert.deepEqual(
    graph.links.map(({ record }) => record.igpMetric),
    [10, 20, 10, 20],
  )
  assert.deepEqual(bothDirections(graph), [0, 1, 0, 1])
  assert.deepEqual([...failureOf(graph, 0, 'link').links], [0, 2])
})

test('a router that is overloaded in level 1 is passed through in level 2', () => {
  const inLevel = <T extends object>(record: T, level: 1 | 2): T =>
    JSON.parse(
      JSON.stringify(record).replaceAll('"isis-l2"', `"isis-l${level}"`).replaceAll('"id":"', `"id":"${level}`),
    )
  const level = (number: 1 | 2, overloaded: readonly string[]) =>
    [
      ...['a', 'b', 'c'].map((name) => node(name, overloaded.includes(name) ? { flags: ['overload'] } : {})),
      ...links([
        { from: 'a', to: 'b', metric: 1 },
        { from: 'b', to: 'c', metric: 1 },
        { from: 'a', to: 'c', metric: 9 },
      ]),
    ].map((record) => {
      const own = inLevel(record, number)
      return own.kind === 'link'
        ? { ...own, localNode: `${number}${own.localNode}`, remoteNode: `${number}${own.remoteNode}` }
        : own
    })
  const snapshot = snapshotOf([...level(1, ['b']), ...level(2, [])])
  const graph = joinInstances(snapshot, igpInstancesOf(snapshot))
  assert.ok(graph?.joined)
  const [a, c] = [graph.indexOfNode.get('1a') ?? -1, graph.indexOfNode.get('1c') ?? -1]
  const nexts = graph.joined.names.map((_, scope) => {
    const routes = routesTo(scopedTopology(igpTopology(graph), scope), [{ node: c, cost: 0 }])
    return nextHops(routes, a).map((hop) => graph.nodes[hop.node]?.record?.name)
  })
  assert.deepEqual(nexts, [['c'], ['b']])
})
