import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatLock, parseLock } from '../src/index.js'
import { compileFiles, exampleFiles, exampleLock } from './support/lab.js'

const extra = `apiVersion: segchain/v1
kind: Service
metadata: { name: aaa/first }
spec: { type: p4, instances: [{ name: i, node: r2, attachment: m }] }
`

test('a new service never renumbers an old one', () => {
  const { plan } = compileFiles(exampleFiles({ 'a.yaml': extra }))
  assert.ok(plan)
  const locked = exampleLock()
  assert.equal(
    plan.added.find((entry) => entry.owner === 'service/aaa/first')?.index,
    1000,
    'alone it would come first',
  )
  assert.equal(locked.allocations.find((entry) => entry.index === 1000)?.owner, 'service/orange/cg/aggregate')
})

test('the lock of the example is what its intents need', () => {
  const { plan } = compileFiles(exampleFiles())
  assert.deepEqual(plan?.lock.allocations, exampleLock().allocations)
})

test('a lock that is written is read back the same', () => {
  const lock = exampleLock()
  const { lock: again, errors } = parseLock(formatLock(lock))
  assert.deepEqual(errors, [])
  assert.deepEqual(again, lock)
})

test('one number that was given twice (two branches were merged) names both owners and the line', () => {
  const text = formatLock({
    allocations: [
      { owner: 'service/a', algorithm: 0, index: 1000, loopback: 1, prefix: '10.254.0.1/32' },
      { owner: 'service/b', algorithm: 0, index: 1000, loopback: 2, prefix: '10.254.0.2/32' },
    ],
  })
  const [error] = parseLock(text).errors
  assert.equal(error?.code, 'LOCK_CONFLICT')
  assert.match(error.message, /service\/a.*service\/b/)
  assert.equal(error.where.line, 10)
})
