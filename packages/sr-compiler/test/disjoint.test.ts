import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import { validateRecord } from '@segchain/records'
import { explain } from '../src/analysis/explain.js'
import { parseIntents } from '../src/index.js'
import { compileFiles, exampleFiles, exampleLock, labRecords, labTopology } from './support/lab.js'

const service = (nodes: string): string => `apiVersion: segchain/v1
kind: Service
metadata: { name: firewall }
spec:
  type: vnf
  instances: [${[...nodes.split(' ')].map((node) => `{ name: on-${node}, node: ${node}, attachment: eth9 }`).join(', ')}]
---
`
const chain = (name: string, extra: string, color: number): string => `apiVersion: segchain/v1
kind: Chain
metadata: { name: ${name} }
spec: { services: [firewall]${extra} }
---
apiVersion: segchain/v1
kind: Steering
metadata: { name: ${name} }
spec: { headend: r1, endpoint: r4, color: ${color}, chain: ${name}, match: { dscp: ${color} } }
---
`
const files = (nodes: string, extra = ', disjointFrom: [left], disjointness: node', left = '') => [
  ...exampleFiles({ 'chain.yaml': '', 'steering.yaml': '', 'low-latency.yaml': '' }).filter(
    (file) => !file.file.startsWith('services'),
  ),
  { file: 'pair.yaml', text: service(nodes) + chain('left', left, 10) + chain('right', extra, 11) },
]

function ways(given: ReturnType<typeof files>, topology: Snapshot = labTopology()) {
  const { plan, errors } = compileFiles(given, { topology })
  for (const element of plan?.elements ?? []) validateRecord('segchain.plan/1', element)
  const policies = (plan?.elements ?? []).filter((element) => element.kind === 'sr-policy')
  const nodes = policies.map((policy) => [
    ...new Set(policy.candidatePaths[0]?.segmentLists[0]?.hops.map((hop) => hop.name ?? '')),
  ])
  return { errors, policies, nodes }
}

test('two chains that keep apart get explicit ways, the cheapest pair, and say why', () => {
  // source: worked by hand on the drawing of the lab (a ring of six and the link 2-5, every metric 10): the only pair of
  // node-disjoint ways from r1 to r4 is over r2 and r3, and over r5 and r6; the firewall is on r2 and on r5.
  const { errors, policies, nodes } = ways(files('r2 r5'))
  assert.deepEqual(errors, [])
  assert.deepEqual(nodes.map((way) => way.join(' ')).sort(), ['r1 r2 r3 r4', 'r1 r5 r6 r4'])
  const [one, other] = policies
  assert.deepEqual(one?.disjointFrom, { level: 'node', policies: [other?.id] })
  assert.deepEqual(other?.disjointFrom, { level: 'node', policies: [one?.id] })
  assert.match(one?.rejected[0]?.why ?? '', /chains left and right would share the link r1-r/)
  assert.equal(one?.candidatePaths[0]?.segmentLists[0]?.cost, 30)
})

test('chains that have nothing in common stay as they are', () => {
  const other = chain('other', ', disjointFrom: [left]', 12).replace(
    'headend: r1, endpoint: r4',
    'headend: r6, endpoint: r4',
  )
  const alone = files('r2', '', '').map((file) =>
    file.file === 'pair.yaml'
      ? {
          ...file,
          text: `${service('r2')}${service('r6').replace('firewall', 'second')}${chain('left', '', 10)}${other.replace('[firewall]', '[second]')}`,
        }
      : file,
  )
  const { errors, policies } = ways(alone)
  assert.deepEqual(errors, [])
  assert.ok(policies.every((policy) => policy.disjointFrom?.level === 'link'))
  assert.ok(policies.every((policy) => policy.rejected.every((rejection) => !rejection.why.includes('would share'))))
})

test('where it is impossible, the error names what both need, and explain what would help', () => {
  const { errors } = ways(files('r2'))
  assert.deepEqual(
    errors.map((error) => error.code),
    ['NOT_DISJOINT'],
  )
  assert.match(errors[0]?.message ?? '', /cannot be node-disjoint: both need the node r2/)
  const { intents } = parseIntents(files('r2'))
  const found = explain({ intents, lock: exampleLock(), topology: labTopology() })
  for (const one of found) {
    assert.equal(one.found, false)
    const changes = one.relaxations.map((relaxation) => relaxation.change)
    assert.ok(changes.includes('without disjointFrom of right'), changes.join())
    assert.ok(changes.includes('with disjointness link in right'), changes.join())
  }
  const happy = explain({ intents: parseIntents(files('r2 r5')).intents, lock: exampleLock(), topology: labTopology() })
  assert.ok(happy.every((one) => one.found))
})

test('SRLGs keep ways apart too, and groups have one level', () => {
  const shared = snapshotOf(
    labRecords().map((record) => {
      if (record.kind !== 'link') return record
      const ends = [record.localNode, record.remoteNode]
        .map((id) => id.slice(-1))
        .sort()
        .join('')
      return ends === '34' || ends === '46' ? { ...record, srlgs: [7] } : record
    }),
  )
  const { errors } = ways(files('r2 r5', ', disjointFrom: [left], disjointness: srlg'), shared)
  assert.match(errors[0]?.message ?? '', /cannot be srlg-disjoint: both need SRLG 7/)
  assert.deepEqual(ways(files('r2 r5', ', disjointFrom: [left], disjointness: link'), shared).errors, [])
  const mixed = files('r2 r5', ', disjointFrom: [left]', ', disjointFrom: [right], disjointness: node')
  assert.equal(ways(mixed).errors[0]?.code, 'DISJOINT_LEVELS')
})

test('names that mean nothing, and oneself, are errors at their line', () => {
  const code = (extra: string) => ways(files('r2 r5', extra)).errors[0]?.code
  assert.equal(code(', disjointFrom: [lefd]'), 'UNKNOWN_CHAIN')
  assert.equal(code(', disjointFrom: [right]'), 'NOT_DISJOINT')
})
