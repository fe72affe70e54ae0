import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  advertisedNetwork,
  buildGraph,
  constrainedPath,
  DistanceCache,
  disjointPair,
  encodeDag,
  igpInstancesOf,
  igpTopology,
  labelTable,
  repairsOf,
  snapshotOf,
  whyNoPath,
} from '@segchain/path-engine'
import { SegchainError, type StreamRecord, validateRecord } from '@segchain/records'
import fc from 'fast-check'
import { explain } from '../src/analysis/explain.js'
import { compile, emptyLock, parseIntents } from '../src/index.js'
import { exampleFiles, filesOf, labRecords } from './support/lab.js'
import { srv6LabText } from './support/srv6-lab.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 150)
type Json = { [key: string]: unknown }

const srv6Records = srv6LabText()
  .trimEnd()
  .split('\n')
  .map((line): Json => JSON.parse(line))
const cases = [
  { records: labRecords() as unknown as Json[], intents: parseIntents(exampleFiles()).intents },
  { records: srv6Records, intents: parseIntents(filesOf('srv6')).intents },
]

/** Values that networks have on bad days: no metric, the greatest one, blocks that overlap or have no room. */
const values: readonly unknown[] = [
  ...[0, 1, 2 ** 24 - 1, 2 ** 32 - 1, '', 'r1', '0.0.0.0/0', '::/0', '10.0.0.1/32', [], ['overload'], ['node'], 2],
  ...[
    [
      { first: 16000, size: 8000 },
      { first: 17000, size: 10 },
    ],
    [{ first: 0, size: 2 ** 20 }],
    'ospfv2',
    'isis-l2',
  ],
  ...[[{ first: 2 ** 20 - 1, size: 1 }], [0, 1, 2]],
]
const edit = fc.record({
  record: fc.nat(),
  place: fc.nat(),
  how: fc.constantFrom('drop', 'double', 'delete', 'borrow', 'value', 'value'),
  other: fc.nat(),
})

function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...placesOf(inner, [...path, key])])
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value)
}

/** The records after the edits, as far as they are valid one by one. */
function edited(records: readonly Json[], edits: readonly (typeof edit extends fc.Arbitrary<infer T> ? T : never)[]) {
  const list = structuredClone([...records])
  for (const { record, place, how, other } of edits) {
    const index = record % list.length
    const one = list[index]
    const places = placesOf(one)
    const path = places[place % Math.max(1, places.length)]
    if (one === undefined || path === undefined) continue
    const holder = at(one, path.slice(0, -1)) as Json
    const key = path.at(-1) ?? ''
    if (how === 'drop') list.splice(index, 1)
    else if (how === 'double') list.push({ ...structuredClone(one), id: `${one.id}x` })
    else if (how === 'delete') delete holder[key]
    else if (how === 'borrow') holder[key] = structuredClone(at(list[other % list.length], path) ?? holder[key])
    else holder[key] = structuredClone(values[other % values.length])
  }
  // A deleted item leaves a hole, which JSON has not.
  return (JSON.parse(JSON.stringify(list)) as Json[]).flatMap((one): StreamRecord<'segchain.topology/1'>[] => {
    try {
      return [validateRecord('segchain.topology/1', one)]
    } catch (error) {
      assert.ok(error instanceof SegchainError)
      return []
    }
  })
}

test('whatever a network looks like: a plan of valid records, or errors of ours; every computation ends', () => {
  let plans = 0
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.array(edit, { minLength: 1, maxLength: 6 }), (one, edits) => {
      const topology = snapshotOf(edited(one.records, edits))
      const input = { intents: one.intents, lock: emptyLock, topology }
      const { plan, errors, warnings } = compile({ ...input, mayAllocate: true, unreachable: 'warn' })
      assert.equal(plan === undefined, errors.length > 0)
      for (const error of [...errors, ...warnings]) {
        assert.ok(error instanceof SegchainError && error.category === 'data' && (error.hint ?? '') !== '')
      }
      for (const element of [...(plan?.elements ?? []), ...(plan?.failovers ?? [])]) {
        validateRecord('segchain.plan/1', element)
      }
      if (plan !== undefined) plans += 1
      for (const explanation of explain(input)) validateRecord('segchain.analysis/1', explanation)
    }),
    { numRuns },
  )
  assert.ok(plans > numRuns / 4, `${plans} plans`)
})

test('whatever a network looks like, its label tables, paths and repairs are computed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...cases), fc.array(edit, { maxLength: 6 }), fc.nat(), fc.nat(), (one, edits, a, b) => {
      const topology = snapshotOf(edited(one.records, edits))
      for (const key of igpInstancesOf(topology)) {
        const graph = buildGraph(topology, key)
        const network = advertisedNetwork(graph, topology.prefixes)
        const [source, target] = [a % graph.nodes.length, b % graph.nodes.length]
        for (const { index } of graph.nodes) labelTable(network, index)
        const path = constrainedPath(graph, source, target, { minimize: 'delay', maxHops: 3 })
        if (path === undefined) whyNoPath(graph, source, target, { minimize: 'delay', maxHops: 3 })
        else encodeDag(network, { source, target, links: new Set(path.links) })
        disjointPair(graph, source, target, 'srlg', {})
        const distances = new DistanceCache(igpTopology(graph))
        for (const { index } of graph.links.slice(0, 4)) repairsOf(distances, index, 'node', {})
      }
    }),
    { numRuns },
  )
})
