import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { StreamRecord } from '@segchain/records'
import fc from 'fast-check'
import { singleFailures } from '../src/analysis/events.js'
import { impactOf } from '../src/analysis/impact.js'
import { mplsGround, mplsSubjects } from '../src/compile/failover/mpls.js'
import { proveFailovers } from '../src/compile/failover/prove.js'
import { buildModel } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { compile, emptyLock, type IntentFile, parseIntents } from '../src/index.js'
import { compileFiles, exampleFiles, labRecords } from './support/lab.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 60)
const instance = { protocol: 'isis-l2', instanceId: '0' } as const

/**
 * h (overloaded: no transit) has a at 10 and b at 20; both lead to t at 10, and t to e. The service s is on
 * a and b, t on t.
 */
function fork(overloaded: boolean): Snapshot {
  const records: StreamRecord<'segchain.topology/1'>[] = ['h', 'a', 'b', 't', 'e'].map((name) => ({
    kind: 'node',
    id: name,
    ...instance,
    name,
    routerId: name,
    ...(overloaded && name === 'h' ? { flags: ['overload'] } : {}),
  }))
  for (const [from, to, igpMetric] of [
    ['h', 'a', 10],
    ['h', 'b', 20],
    ['a', 't', 10],
    ['b', 't', 10],
    ['t', 'e', 10],
  ] as const) {
    for (const [localNode, remoteNode] of [
      [from, to],
      [to, from],
    ] as const)
      records.push({
        kind: 'link',
        id: `${localNode}-${remoteNode}`,
        ...instance,
        localNode,
        remoteNode,
        igpMetric,
        minDelayUs: 1000,
      })
  }
  records.push({
    kind: 'prefix',
    id: 'e',
    ...instance,
    node: 'e',
    prefix: '10.0.0.5/32',
    prefixSids: [{ algorithm: 0, index: 5, flags: ['node'] }],
  })
  return snapshotOf(records)
}

const document = (kind: string, name: string, spec: string): string =>
  `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`

const intents = (mode: string, delayUs = 100_000): IntentFile[] => [
  {
    file: 'all.yaml',
    text: [
      document('Network', 'n', '{ sidIndexes: { first: 1000, last: 1999 }, loopbacks: 10.254.0.0/16 }'),
      ...['h', 'a', 'b', 't', 'e'].map((name, i) =>
        document('Device', name, `{ address: 10.0.0.${i + 1}, dialect: ietf, user: x }`),
      ),
      document(
        'Service',
        's',
        '{ type: sr-aware, instances: [{ name: s1, node: a, attachment: eth1 }, { name: s2, node: b, attachment: eth1 }] }',
      ),
      document('Service', 't', '{ type: sr-aware, instances: [{ name: t1, node: t, attachment: eth1 }] }'),
      document('Chain', 'c', `{ services: [s, t], mode: ${mode}, bounds: { delayUs: ${delayUs} } }`),
      document(
        'Steering',
        'g',
        '{ headend: h, endpoint: e, color: 1, chain: c, match: { destination: 198.51.100.0/24 } }',
      ),
    ].join('---\n'),
  },
]

function compiled(topology: Snapshot, mode = 'anycast', failover: 'warn' | 'error' | 'off' = 'warn', delayUs?: number) {
  const { intents: set, errors } = parseIntents(intents(mode, delayUs))
  assert.deepEqual(errors, [])
  const result = compile({ intents: set, lock: emptyLock, topology, mayAllocate: true, unreachable: 'error', failover })
  const proof = result.plan?.failovers[0]
  return { ...result, proof, of: (outcome: string) => proof?.cases.filter((one) => one.outcome === outcome) ?? [] }
}

test('a failover that an anycast chain does not survive although a way is left is named, and a warning', () => {
  // source: worked by hand. Without a-t, a is still the nearest s of h, and leads nowhere: h is no transit. By b
  // the chain would go on. t, its node and t-e are the only ones of their kind: nothing could help there.
  const { proof, of, warnings, errors } = compiled(fork(true))
  assert.deepEqual(errors, [])
  assert.equal(proof?.cases.length, 7)
  assert.equal(of('in-order').length, 3)
  assert.deepEqual(
    of('broken').map((one) => one.failure),
    ['link a-t down'],
  )
  assert.match(of('broken')[0]?.why ?? '', /^a: 10\.254\.0\.\d+\/32 cannot be reached/)
  assert.deepEqual(
    of('cut-off')
      .map((one) => one.failure)
      .sort(),
    ['link e-t down', 'node t down', 'the instance of t on t down'],
  )
  const [warning] = warnings.filter((one) => one.code === 'ANYCAST_FAILOVER')
  assert.match(warning?.message ?? '', /chain "c" from h to e: with link a-t down it breaks/)
  assert.match(warning?.hint ?? '', /pinned/)
  assert.equal(warning?.where.file, 'all.yaml')
})

test('--failover=error refuses the plan, off tries nothing', () => {
  const refused = compiled(fork(true), 'anycast', 'error')
  assert.deepEqual(
    refused.errors.map((error) => error.code),
    ['ANYCAST_FAILOVER'],
  )
  assert.equal(refused.plan, undefined)
  assert.equal(compiled(fork(true), 'anycast', 'off').proof, undefined)
})

test('with a way back the same failover is in order, and the proof says so', () => {
  const { proof, of, warnings } = compiled(fork(false))
  assert.deepEqual([proof?.cases.length, of('in-order').length, of('broken')], [7, 4, []])
  assert.deepEqual(warnings, [])
})

test('a proof says who takes over, and by which way: a is down, b does its service', () => {
  // source: by hand. h-b-t-e is 3000 us, as h-a-t-e was; only failures of a, its instance and h-a move the chain to b.
  const { proof, of } = compiled(fork(false))
  assert.deepEqual(proof?.services, [
    { service: 's', nodes: ['a'] },
    { service: 't', nodes: ['t'] },
  ])
  assert.equal(proof.policy, 'sr-policy:h:1:10.0.0.5')
  const moved = of('in-order').filter((one) => one.takeOver !== undefined)
  assert.deepEqual(
    moved.map((one) => [one.what, one.down]),
    [
      ['instance', 'a'],
      ['link', 'a-h'],
      ['node', 'a'],
    ],
  )
  for (const one of moved) {
    assert.deepEqual(one.takeOver, [{ service: 's', nodes: ['b'] }])
    assert.equal(one.delayUs, 3000)
  }
})

test('a failover that breaks the bound on delay is told', () => {
  // source: by hand. h-a-t-e is 3000 us; without a-t it is h-a-h-b-t-e, 5000 us; by b as by a 3000.
  const { of, warnings } = compiled(fork(false), 'anycast', 'warn', 4000)
  assert.deepEqual(
    of('late').map(({ failure, delayUs, why }) => [failure, delayUs, why]),
    [['link a-t down', 5000, 'its delay is 5000 us, and bounds.delayUs is 4000']],
  )
  assert.deepEqual(
    warnings.map((warning) => warning.code),
    ['FAILOVER_LATE'],
  )
})

test('a pinned chain has no failovers to prove', () => {
  const chain = exampleFiles().find((file) => file.file === 'chain.yaml')?.text ?? ''
  const files = exampleFiles({ 'chain.yaml': chain.replace('algorithm: 128', 'algorithm: 128\n  mode: pinned') })
  assert.deepEqual(compileFiles(files).plan?.failovers, [])
})

test('the proof finds what trying every single failure of the network finds', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 4 })), (metrics) => {
      const topology = snapshotOf(
        labRecords().map((record) =>
          record.kind === 'link' ? { ...record, igpMetric: metrics.next().value ?? 1 } : record,
        ),
      )
      const { intents: set } = parseIntents(exampleFiles())
      const model = buildModel({ intents: set, lock: emptyLock, topology, unreachable: 'warn' }, new Problems())
      assert.ok(model)
      const [one] = model.steered
      if (one === undefined) return
      const [proof] = proveFailovers(mplsGround(model.network), mplsSubjects([one])).values()
      const found = proof?.record.cases.filter((each) => each.why !== undefined).map((each) => each.failure) ?? []
      const isOfNetwork = (text: string) => text.startsWith('link') || text.startsWith('node')
      const all = singleFailures(model)
        .filter((event) => isOfNetwork(event.text) && !/node r[14] down/.test(event.text))
        .filter((event) => impactOf(model, event).some((impact) => impact.status === 'broken'))
      assert.deepEqual(found.filter(isOfNetwork).sort(), all.map((event) => event.text).sort())
    }),
    { numRuns },
  )
})
