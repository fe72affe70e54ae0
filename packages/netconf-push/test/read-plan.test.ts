import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { digestOf, type PlanElement, type StreamRecord } from '@segchain/records'
import { readPlan } from '../src/shell/read-plan.js'

type Plan = StreamRecord<'segchain.plan/1'>

const log = { debug() {}, info() {}, warn() {}, error() {} }
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`
const header: Plan = { kind: 'header', schema: 'segchain.plan/1', tool: 'sr-compiler', version: '1' }
const loopback = (device: string, number = 1): PlanElement => ({
  kind: 'loopback',
  id: `loopback:${device}`,
  device,
  step: 1,
  reason: { text: 'a test', intents: [] },
  prefix: '10.0.0.1/32',
  number,
})
const failover: Plan = {
  kind: 'failover',
  id: 'failover:s',
  steering: 's',
  chain: 'c',
  policy: 'sr-policy:r1:1:10.0.0.1',
  services: [{ service: 'x', nodes: ['a'] }],
  cases: [{ failure: 'node a down', down: 'a', what: 'node', outcome: 'cut-off', why: 'it is the only one' }],
  intents: [],
}
const ok = (elements: readonly PlanElement[]): Plan => ({
  kind: 'summary',
  id: 'summary',
  outcome: 'ok',
  exitCode: 0,
  counts: {},
  digest: digestOf(elements),
})

async function* stream(...records: Plan[]) {
  yield* records
}
const read = (...records: Plan[]) => readPlan(stream(...records), log, new Map())

describe('reading a plan', () => {
  it('passes over what failures do to it: nothing of that is applied, nor in the digest', async () => {
    const elements = [loopback('r1')]
    const plan = await read(header, ...elements, failover, ok(elements))
    assert.deepEqual(plan.elements, elements)
    assert.equal(plan.origin.planDigest, digestOf(elements))
  })

  it('takes a plan that follows a network as its last sync made it whole', async () => {
    const [first, second] = [[loopback('r1'), loopback('r2')], [loopback('r2', 7)]]
    const sync = (elements: readonly PlanElement[], topology: string): Plan => ({
      kind: 'sync',
      id: 'sync:plan',
      reason: 'quiet',
      digest: digestOf(elements),
      topologyDigest: digest(topology),
    })
    const plan = await read(
      ...[header, ...first, sync(first, '1'), loopback('r2', 7)],
      { kind: 'withdraw', id: 'loopback:r1', of: 'loopback' },
      ...[sync(second, '2'), loopback('half-of-a-change')],
    )
    assert.deepEqual(plan.elements, second)
    assert.equal(plan.topologyDigest, digest('2'))
  })

  it('refuses a plan that was changed, has no end, or is that of an earlier network', async () => {
    const elements = [loopback('r1')]
    await assert.rejects(read(header, loopback('r2'), ok(elements)), { code: 'PLAN_DIGEST' })
    await assert.rejects(read(header, ...elements), { code: 'PLAN_INCOMPLETE' })
    const broken: Plan = { kind: 'error', id: 'e', error: { code: 'UNREACHABLE', category: 'data', message: 'no way' } }
    const sync: Plan = { kind: 'sync', id: 'sync:plan', reason: 'quiet' }
    await assert.rejects(read(header, ...elements, sync, broken, sync), { code: 'PLAN_OF_BEFORE', message: /no way/ })
  })
})
