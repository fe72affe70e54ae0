// Label stacks in a network whose IGP has IPv6 alone: node-SIDs and loopbacks of IPv6 (RFC 8667 §2.1: TLV 236 carries them, too).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import { type StreamRecord, validateRecord } from '@segchain/records'
import { compile, emptyLock, formatLock, parseIntents, parseLock } from '../src/index.js'

const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const routers = ['h', 'a', 'b', 'e']

/** h to e over a or b, 10 each; a has the service, b has it, too. */
function network(): Snapshot {
  const link = (localNode: string, remoteNode: string): StreamRecord<'segchain.topology/1'> => ({
    ...{ kind: 'link', id: `${localNode}-${remoteNode}`, ...instance, localNode, remoteNode, igpMetric: 10 },
    minDelayUs: 100,
  })
  const pairs = [
    ['h', 'a'],
    ['h', 'b'],
    ['a', 'e'],
    ['b', 'e'],
  ] as const
  return snapshotOf([
    ...routers.flatMap((name, i): StreamRecord<'segchain.topology/1'>[] => [
      { kind: 'node', id: name, ...instance, name, routerId: name, srgb: [{ first: 16_000, size: 8000 }] },
      {
        ...{ kind: 'prefix', id: `p${i}`, ...instance, node: name, prefix: `2001:db8::${i + 1}/128`, metric: 0 },
        prefixSids: [{ algorithm: 0, index: i, flags: ['node'] }],
      },
    ]),
    ...pairs.flatMap(([a, b]) => [link(a, b), link(b, a)]),
  ])
}

const intents = (loopbacks: string, mode: string) => `${routers
  .map(
    (name) =>
      `apiVersion: segchain/v1\nkind: Device\nmetadata: { name: ${name} }\nspec: { address: 192.0.2.1, dialect: ietf }\n`,
  )
  .join('---\n')}---
apiVersion: segchain/v1
kind: Network
metadata: { name: n }
spec: { loopbacks: "${loopbacks}" }
---
apiVersion: segchain/v1
kind: Service
metadata: { name: dpi }
spec: { type: vnf, instances: [{ name: one, node: a, attachment: veth0 }, { name: two, node: b, attachment: veth0 }] }
---
apiVersion: segchain/v1
kind: Chain
metadata: { name: c }
spec: { services: [dpi], mode: ${mode}, bounds: { delayUs: 200 } }
---
apiVersion: segchain/v1
kind: Steering
metadata: { name: s }
spec: { headend: h, endpoint: e, color: 1, chain: c, match: { destination: "2001:db8:1::/48" } }
`

function compiled(loopbacks: string, mode: string, lock = emptyLock) {
  const { intents: set, errors } = parseIntents([{ file: 'a.yaml', text: intents(loopbacks, mode) }])
  assert.deepEqual(errors, [])
  return compile({ intents: set, lock, topology: network(), mayAllocate: lock === emptyLock, unreachable: 'error' })
}

test('a network of IPv6 alone gets label stacks: loopbacks out of an IPv6 pool, node-SIDs and endpoints of IPv6', () => {
  for (const [mode, labels] of [
    ['anycast', [[17_000, 16_003]]],
    // The instances are as near: the first one, by its host.
    ['pinned', [[16_001, 17_000, 16_003]]],
  ] as const) {
    const { plan, errors } = compiled('2001:db8:0:fe::/64', mode)
    assert.deepEqual(errors, [])
    for (const element of plan?.elements ?? []) validateRecord('segchain.plan/1', element)
    const loopbacks = plan?.elements.flatMap((one) => (one.kind === 'loopback' ? [[one.device, one.prefix]] : []))
    assert.deepEqual(loopbacks, [
      ['a', '2001:db8:0:fe::1/128'],
      ['b', '2001:db8:0:fe::1/128'],
    ])
    const policy = plan?.elements.find((one) => one.kind === 'sr-policy')
    assert.ok(policy?.kind === 'sr-policy')
    assert.equal(policy.endpoint, '2001:db8::4')
    const lists = policy.candidatePaths[0]?.segmentLists.map((list) => list.segments.map(({ label }) => label))
    assert.deepEqual(lists, labels)
    assert.equal(policy.candidatePaths[0]?.segmentLists[0]?.delayUs, 200)
    // What was given out is read again, and gives the same plan.
    const { lock, errors: wrong } = parseLock(formatLock(plan?.lock ?? emptyLock))
    assert.deepEqual(wrong, [])
    assert.deepEqual(compiled('2001:db8:0:fe::/64', mode, lock).plan?.elements, plan?.elements)
  }
})

test('a pool of either family must be a prefix, and have room', () => {
  const codes = (loopbacks: string) => compiled(loopbacks, 'anycast').errors.map((error) => error.code)
  assert.deepEqual(codes('2001:db8::1/64'), ['BAD_PREFIX'])
  assert.deepEqual(codes('2001:db8::/129'), ['BAD_PREFIX'])
  assert.ok(codes('2001:db8:ff::/128').includes('LOOPBACK_POOL_USED_UP'))
})
