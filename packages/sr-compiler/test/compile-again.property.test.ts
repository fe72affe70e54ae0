import assert from 'node:assert/strict'
import { test } from 'node:test'
import { topologyDigest } from '@segchain/path-engine'
import { canonicalJson, digestOf } from '@segchain/records'
import fc from 'fast-check'
import { Compilation, type CompileInput, type CompileResult, compile, emptyLock, parseIntents } from '../src/index.js'
import { type Half, halvesOf, intentsOf, randomOf, topologyOf } from './support/random-network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 150)
interface Step {
  readonly what: 'metric' | 'delay' | 'affinity' | 'toggle' | 'toggle one way'
  readonly link: number
  readonly value: number
}

const stepOf: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('metric', 'delay', 'affinity', 'toggle', 'toggle one way'),
  link: fc.nat(1000),
  value: fc.integer({ min: 1, max: 12 }),
})

const caseOf = fc.record({
  size: fc.integer({ min: 4, max: 9 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  overload: fc.boolean(),
  adjacency: fc.boolean(),
  isStream: fc.boolean(),
  lan: fc.boolean(),
  steps: fc.array(stepOf, { minLength: 1, maxLength: 6 }),
  failover: fc.constantFrom('off' as const, 'warn' as const),
})

function changed(halves: readonly Half[], { what, link, value }: Step): Half[] {
  const at = link % halves.length
  return halves.map((half, i) => {
    if (what === 'toggle' && i >> 1 === at >> 1) return { ...half, up: !half.up }
    if (i !== at) return half
    switch (what) {
      case 'metric':
        return { ...half, metric: value }
      case 'delay':
        return { ...half, delay: value }
      case 'affinity':
        return { ...half, red: !half.red }
      default:
        return { ...half, up: !half.up }
    }
  })
}

function told({ plan, errors, warnings }: CompileResult): string {
  const problems = [errors, warnings].map((list) =>
    list.map(({ code, message, where, hint }) => [code, message, where, hint]),
  )
  return JSON.stringify(
    [plan?.elements, plan?.failovers, plan?.topologyDigest, plan?.lock, plan?.added, problems],
    null,
    1,
  )
}

const totals = { calls: 0, plans: 0, chains: 0, chosen: 0 }

test('compiling again after changes of links gives what a cold compilation gives', () => {
  fc.assert(
    fc.property(caseOf, ({ size, seed, overload, adjacency, isStream, lan, steps, failover }) => {
      const pick = randomOf(seed)
      let halves = halvesOf(size, pick)
      const records = isStream ? new Map() : undefined
      const { intents, errors } = parseIntents([{ file: 'intents.yaml', text: intentsOf(size, pick) }])
      assert.deepEqual(errors, [])
      const compilation = new Compilation()
      let input: CompileInput = {
        ...{ intents, lock: emptyLock, mayAllocate: true, unreachable: 'warn', failover },
        topology: topologyOf(size, halves, overload, adjacency, records, lan),
      }
      for (const step of [undefined, ...steps]) {
        if (step !== undefined) halves = changed(halves, step)
        input = { ...input, topology: topologyOf(size, halves, overload, adjacency, records, lan) }
        const again = compilation.compile(input)
        assert.equal(told(again), told(compile(input)))
        totals.calls += 1
        if (again.plan === undefined) continue
        totals.plans += 1
        totals.chains += 6
        totals.chosen += compilation.chosen
        input = { ...input, lock: again.plan.lock }
      }
    }),
    { numRuns },
  )
})

test('most chains are kept in those runs: the comparison above compares something', () => {
  assert.ok(totals.plans * 3 > totals.calls, JSON.stringify(totals))
  assert.ok(totals.chosen * 4 < totals.chains * 3, JSON.stringify(totals))
})

test('the digest of a topology is that of its records without who reported them', () => {
  const topology = topologyOf(5, halvesOf(5, randomOf(7)), false, true)
  const records = [...topology.nodes, ...topology.links, ...topology.prefixes, ...topology.srv6Sids]
  const sourced = { ...topology, nodes: topology.nodes.map((node) => ({ ...node, stale: true as const })) }
  assert.equal(topologyDigest(topology), digestOf(records))
  assert.equal(topologyDigest(topology), topologyDigest(topology))
  assert.equal(topologyDigest(sourced), topologyDigest(topology))
  assert.notEqual(canonicalJson(sourced), canonicalJson(topology))
})
