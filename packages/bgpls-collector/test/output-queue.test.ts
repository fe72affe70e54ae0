import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OutputQueue } from '../src/session/output-queue.js'

test('a write that throws at once fails the queue, and does not hang it', async () => {
  const queue = new OutputQueue<number>(
    () => {
      throw new Error('nothing is open yet')
    },
    () => undefined,
  )
  queue.push(1)
  await assert.rejects(queue.drained(), /nothing is open yet/)
})

test('what is pushed while the queue drains is written too, in order', async () => {
  const written: number[] = []
  const queue = new OutputQueue<number>(
    async (item) => {
      written.push(item)
      if (item === 1) queue.push(3)
    },
    () => undefined,
  )
  queue.push(1)
  queue.push(2)
  await queue.drained()
  assert.deepEqual(written, [1, 2, 3], '3 was pushed while 1 was being written')
})
