import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf, topologyDigest } from '@segchain/path-engine'
import { canonicalJson, digestOf, type LinkRecord, type StreamRecord } from '@segchain/records'
import fc from 'fast-check'
import { Compilation, type CompileInput, type CompileResult, compile, emptyLock, parseIntents } from '../src/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 150)
const instance = { protocol: 'isis-l2', instanceId: '0' } as const

interface Half {
  readonly from: number
  readonly to: number
  readonly metric: number
  readonly delay: number
  readonly red: boolean
  readonly up: boolean
}

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
  steps: fc.array(stepOf, { minLength: 1, maxLength: 6 }),
  failover: fc.constantFrom('off' as const, 'warn' as const),
})

function randomOf(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >> 8) % most
  }
}

/** Links in pairs: number 2i one way, 2i + 1 back. */
function halvesOf(size: number, pick: (most: number) => number): Half[] {
  const pairs: (readonly [number, number])[] = Array.from({ length: size }, (_, node) => [node, (node + 1) % size])
  for (let extra = pick(size); extra > 0; extra -= 1) {
    const from = pick(size)
    pairs.push([from, (from + 1 + pick(size - 1)) % size])
  }
  return pairs.flatMap(([a, b]) => {
    const [metric, delay, red] = [1 + pick(6), 1 + pick(6), pick(8) === 0]
    return [
      { from: a, to: b, metric, delay, red, up: true },
      { from: b, to: a, metric, delay, red, up: true },
    ]
  })
}

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

function topologyOf(size: number, halves: readonly Half[], overload: boolean, adjacency: boolean): Snapshot {
  const records: StreamRecord<'segchain.topology/1'>[] = []
  for (let node = 0; node < size; node += 1) {
    records.push(
      {
        ...{ kind: 'node', id: `n${node}`, ...instance, name: `n${node}`, routerId: `n${node}` },
        srgb: [{ first: 16_000, size: 8000 }],
        ...(overload && node === 1 ? { flags: ['overload'] } : {}),
      },
      {
        ...{ kind: 'prefix', id: `p${node}`, ...instance, node: `n${node}`, prefix: `10.0.0.${node}/32`, metric: 0 },
        prefixSids: [{ algorithm: 0, index: node, flags: ['node'] }],
      },
    )
  }
  halves.forEach(({ from, to, metric, delay, red, up }, i) => {
    if (!up) return
    const link: LinkRecord = {
      ...{ kind: 'link', id: `l${i}`, ...instance, localNode: `n${from}`, remoteNode: `n${to}` },
      ...{ localAddresses: [`172.16.${i >> 1}.${i & 1}`], remoteAddresses: [`172.16.${i >> 1}.${1 - (i & 1)}`] },
      igpMetric: metric,
      minDelayUs: delay,
      ...(red ? { adminGroups: [0] } : {}),
      ...(adjacency ? { adjacencySids: [{ label: i % 3 === 0 ? 16_000 + i : 15_000 + i, flags: [], weight: 0 }] } : {}),
    }
    records.push(link)
  })
  return snapshotOf(records)
}

function intentsOf(size: number, pick: (most: number) => number): string {
  const intent = (kind: string, name: string, spec: string): string =>
    `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`
  const documents = [
    intent(
      'Network',
      'network',
      '{ loopbacks: 10.128.0.0/16, sidIndexes: { first: 100, last: 999 }, affinities: { red: 0 } }',
    ),
    intent('FlexAlgo', 'fast', '{ algorithm: 128, metric: min-delay, affinities: { excludeAny: [red] } }'),
  ]
  for (let node = 0; node < size; node += 1) documents.push(intent('Device', `n${node}`, '{}'))
  for (let service = 0; service < 3; service += 1) {
    const first = pick(size)
    const nodes = [first, (first + 1 + pick(size - 1)) % size]
    const instances = nodes.map((node, i) => `{ name: i${i}, node: n${node}, attachment: x }`).join(', ')
    documents.push(intent('Service', `s${service}`, `{ type: vnf, instances: [${instances}] }`))
  }
  const steps = ['[s0, s1]', '[{ anyOf: [s0, s1] }, s2]', '[s1, { service: s2, optional: true }]']
  for (let chain = 0; chain < 6; chain += 1) {
    const fields = [
      `services: ${steps[chain % 3]}`,
      ...(pick(2) === 0 ? ['algorithm: 128'] : []),
      ...(pick(3) === 0 ? ['mode: pinned'] : []),
      ...(pick(6) === 0 ? ['bounds: { delayUs: 60 }'] : []),
    ]
    const headend = pick(size)
    const endpoint = (headend + 1 + pick(size - 1)) % size
    documents.push(
      intent('Chain', `c${chain}`, `{ ${fields.join(', ')} }`),
      intent(
        'Steering',
        `t${chain}`,
        `{ headend: n${headend}, endpoint: n${endpoint}, color: ${1 + (chain % 4)}, preference: ${100 + chain}, chain: c${chain}, match: { dscp: ${chain} } }`,
      ),
    )
  }
  return documents.join('---\n')
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
    fc.property(caseOf, ({ size, seed, overload, adjacency, steps, failover }) => {
      const pick = randomOf(seed)
      let halves = halvesOf(size, pick)
      const { intents, errors } = parseIntents([{ file: 'intents.yaml', text: intentsOf(size, pick) }])
      assert.deepEqual(errors, [])
      const compilation = new Compilation()
      let input: CompileInput = {
        ...{ intents, lock: emptyLock, mayAllocate: true, unreachable: 'warn', failover },
        topology: topologyOf(size, halves, overload, adjacency),
      }
      for (const step of [undefined, ...steps]) {
        if (step !== undefined) halves = changed(halves, step)
        input = { ...input, topology: topologyOf(size, halves, overload, adjacency) }
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
