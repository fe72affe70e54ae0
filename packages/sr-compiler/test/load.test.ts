import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import { validateRecord } from '@segchain/records'
import { explain } from '../src/analysis/explain.js'
import { anycastShares } from '../src/compile/load/balance.js'
import { buildModel } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { parseIntents } from '../src/index.js'
import { compileFiles, exampleFiles, exampleLock, labRecords, labTopology } from './support/lab.js'

const service = (instances: string): string => `apiVersion: segchain/v1
kind: Service
metadata: { name: firewall }
spec: { type: vnf, instances: [${instances}] }
---
`
const at = (node: string, extra: string): string => `{ name: on-${node}, node: ${node}, attachment: eth9${extra} }`
const chain = (name: string, mode: string, demand: string, color: number): string => `apiVersion: segchain/v1
kind: Chain
metadata: { name: ${name} }
spec: { services: [firewall], mode: ${mode} }
---
apiVersion: segchain/v1
kind: Steering
metadata: { name: ${name} }
spec: { headend: r1, endpoint: r4, color: ${color}, chain: ${name}, match: { dscp: ${color} }${demand} }
---
`
const files = (text: string) => [
  ...exampleFiles({ 'chain.yaml': '', 'steering.yaml': '', 'low-latency.yaml': '' }).filter(
    (file) => !file.file.startsWith('services'),
  ),
  { file: 'load.yaml', text },
]
const flows = (count: number): string => `, demand: { flows: ${count} }`

function policies(text: string, topology: Snapshot = labTopology()) {
  const { plan, errors } = compileFiles(files(text), { topology })
  for (const element of plan?.elements ?? []) validateRecord('segchain.plan/1', element)
  return { errors, policies: (plan?.elements ?? []).filter((element) => element.kind === 'sr-policy') }
}
const way = (policy: ReturnType<typeof policies>['policies'][number] | undefined, list = 0) => [
  ...new Set(policy?.candidatePaths[0]?.segmentLists[list]?.hops.map((hop) => hop.name ?? '')),
]

test('weights of a pinned chain are weighted segment lists', () => {
  // source: worked by hand. 3 : 1 for r2 and r5, both one hop from r1; r2 is the nearer by its number.
  const { errors, policies: found } = policies(
    service(`${at('r2', ', weight: 3')}, ${at('r5', ', weight: 1')}`) + chain('a', 'pinned', '', 10),
  )
  assert.deepEqual(errors, [])
  const lists = found[0]?.candidatePaths[0]?.segmentLists
  assert.deepEqual(
    lists?.map((list) => list.weight),
    [3, 1],
  )
  assert.ok(way(found[0], 0).includes('r2') && way(found[0], 1).includes('r5'))
})

test('chains are placed together where one instance has no room for both', () => {
  // source: worked by hand. Both would take r2 (or both r5): 60 and 60 flows, 100 each can serve. Together: one on each.
  const instances = service(`${at('r2', ', capacity: 100')}, ${at('r5', ', capacity: 100')}`)
  const { errors, policies: found } = policies(
    instances + chain('a', 'pinned', flows(60), 10) + chain('b', 'pinned', flows(60), 11),
  )
  assert.deepEqual(errors, [])
  const served = found.map((policy) => (way(policy).includes('r2') && !way(policy).includes('r5') ? 'r2' : 'r5'))
  assert.deepEqual(served.sort(), ['r2', 'r5'])
  assert.match(
    found.flatMap((policy) => policy.rejected.map((one) => one.why)).join(),
    /firewall on r\d would be overloaded/,
  )
})

test('where there is no room, the error names the bottleneck and whose traffic it is; explain what would help', () => {
  const text =
    service(at('r2', ', capacity: 100')) + chain('a', 'pinned', flows(70), 10) + chain('b', 'anycast', flows(60), 11)
  const { errors } = policies(text)
  assert.deepEqual(
    errors.map((error) => error.code),
    ['OVER_CAPACITY'],
  )
  assert.equal(
    errors[0]?.message,
    'firewall on r2 can take 100 flows, and 130 come: a 70, b 60; no placement of the pinned chains has room for all: every one was ruled out',
  )
  assert.equal(errors[0]?.where.path, 'spec.demand')
  const [one] = explain({ intents: parseIntents(files(text)).intents, lock: exampleLock(), topology: labTopology() })
  assert.equal(one?.found, false)
  assert.ok(one.relaxations.some((relaxation) => relaxation.change === 'without its demand'))
})

test('what is impossible is told apart from a search that was given up', () => {
  // source: worked by hand. Thirteen chains of 30 flows on two instances with room for six each cannot be placed, and there
  // are too many ways to swap them for trying all; two chains on one instance with room for one are ruled out at once.
  const many = Array.from({ length: 13 }, (_, i) => chain(`c${i}`, 'pinned', flows(30), 10 + i)).join('')
  const two = `${at('r2', ', capacity: 180')}, ${at('r5', ', capacity: 180')}`
  const message = (text: string) => policies(text).errors.find((error) => error.code === 'OVER_CAPACITY')?.message ?? ''
  assert.match(message(service(two) + many), /was found before the search was given up: there may be one$/)
  const pair = chain('a', 'pinned', flows(60), 10) + chain('b', 'pinned', flows(60), 11)
  assert.match(message(service(at('r2', ', capacity: 100')) + pair), /every one was ruled out$/)
  // Anycast alone is over: nothing was searched.
  const anycast = chain('a', 'anycast', flows(160), 10)
  assert.doesNotMatch(message(service(at('r2', ', capacity: 100')) + anycast), /placement/)
})

test('links have room or they have not: pinned chains go round, anycast ones are counted', () => {
  // source: worked by hand: every link of the lab has 1,250,000 bytes/s. Two chains of 800,000 over r2 cannot share r1-r2.
  const demand = ', demand: { bandwidthBytesPerSec: 800000 }'
  const two = (mode: string) => service(at('r2', '')) + chain('a', mode, demand, 10) + chain('b', mode, demand, 11)
  const pinned = policies(two('pinned'))
  assert.ok(pinned.errors.length > 0 || pinned.policies.length === 2)
  const anycast = policies(two('anycast'))
  assert.match(
    anycast.errors[0]?.message ?? '',
    /the link r\d-r\d can take 1250000 bytes\/s, and 1600000 come: a 800000, b 800000/,
  )
  const wide = snapshotOf(
    labRecords().map((record) => (record.kind === 'link' ? { ...record, maxBandwidthBytesPerSec: 2_000_000 } : record)),
  )
  assert.deepEqual(policies(two('anycast'), wide).errors, [])
})

test('balance: shares by ingress beside the weights, and the imbalance', () => {
  const text = service(`${at('r2', ', weight: 3')}, ${at('r5', ', weight: 1')}`) + chain('a', 'anycast', flows(40), 10)
  const { intents } = parseIntents(files(text))
  const model = buildModel(
    { intents, lock: exampleLock(), topology: labTopology(), unreachable: 'error' },
    new Problems(),
  )
  assert.ok(model)
  const [record] = anycastShares(model)
  validateRecord('segchain.analysis/1', record)
  // source: worked by hand. r2 and r5 are equally near r1: half each, whatever the weights; r5 gets twice its quarter.
  assert.deepEqual(
    record?.members.map(({ node, share, expected, demand }) => [node, share, expected, demand]),
    [
      ['r2', 0.5, 0.75, 20],
      ['r5', 0.5, 0.25, 20],
    ],
  )
  assert.equal(record.imbalance, 2)
  assert.deepEqual(record.members[0]?.ingresses, [{ node: 'r1', share: 0.5 }])
})
