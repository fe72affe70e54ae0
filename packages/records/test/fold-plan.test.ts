import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PlanFold, type StreamRecord } from '../src/index.js'

type Plan = StreamRecord<'segchain.plan/1'>

const header: Plan = { kind: 'header', schema: 'segchain.plan/1', tool: 'sr-compiler', version: '1' }
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`
const locator = (device: string, step: number, algorithm = 0): Plan => ({
  kind: 'ti-lfa',
  id: `ti-lfa:${device}`,
  device,
  step,
  reason: { text: `${algorithm}`, intents: [] },
  interface: 'eth1',
  protects: 'link',
})
const sync = (topology: string): Plan => ({
  kind: 'sync',
  id: 'sync:plan',
  reason: 'quiet',
  topologyDigest: digest(topology),
})
const ended = (outcome: 'ok' | 'failed' | 'interrupted'): Plan => ({
  kind: 'summary',
  id: 'summary',
  outcome,
  exitCode: 0,
  counts: {},
})
const fold = (...records: Plan[]) => records.reduce((all, record) => all.add(record), new PlanFold()).plan

test('a plan that is written once is what stands between header and summary, in its order', () => {
  const plan = fold(header, locator('b', 2), locator('a', 1), ended('ok'))
  assert.deepEqual(
    plan?.elements.map(({ device }) => device),
    ['b', 'a'],
  )
  assert.equal(fold(header, locator('a', 1)), undefined)
  assert.equal(fold(header, locator('a', 1), ended('failed')), undefined)
  assert.equal(fold(header, locator('a', 1), ended('interrupted')), undefined)
})

test('a plan that follows a network is what its last sync made whole, in the order of application', () => {
  const followed = [header, locator('b', 2), locator('a', 1), sync('1'), locator('c', 1)] as const
  for (const end of [[], [ended('interrupted')]]) {
    const plan = fold(...followed, ...end)
    assert.deepEqual(
      plan?.elements.map(({ device }) => device),
      ['a', 'b'],
    )
    assert.equal(plan?.topologyDigest, digest('1'))
  }
  assert.equal(fold(...followed, ended('ok'))?.elements.length, 3)
})

test('the last word wins, a withdraw removes, and errors stand until they are withdrawn', () => {
  const error: Plan = { kind: 'error', id: 'error:1', error: { code: 'X', category: 'data', message: 'x' } }
  const before = [header, locator('a', 1), locator('b', 1), sync('1'), locator('a', 1, 9), error] as const
  const tagged: Plan = { ...error, id: 'error:stdin:7', input: 'no JSON' }
  const changed = fold(...before, tagged, { kind: 'withdraw', id: 'ti-lfa:b', of: 'ti-lfa' }, sync('2'))
  assert.deepEqual(
    changed?.elements.map((one) => [one.device, one.reason.text]),
    [['a', '9']],
  )
  assert.equal(changed?.errors.length, 1)
  assert.equal(fold(...before, { kind: 'withdraw', id: 'error:1', of: 'error' }, sync('2'))?.errors.length, 0)
})
