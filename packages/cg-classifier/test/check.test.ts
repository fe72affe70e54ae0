import assert from 'node:assert/strict'
import test from 'node:test'
import { Checker } from '../src/check/checker.js'
import { spread } from '../src/check/spread.js'
import { Batcher } from '../src/classify/batcher.js'
import { fromWire } from '../src/report/wire.js'

const report = (sequence?: number) =>
  JSON.stringify([
    '10.0.0.1',
    1,
    '10.0.0.2',
    2,
    [1, 10, 0, 0, 0],
    [0, 0, 0, 0, 0],
    ...(sequence === undefined ? [] : [sequence]),
  ])

test('malformed, NaN, negative and replayed reports, strangers and floods are dropped and counted', () => {
  const checker = new Checker({ senders: ['10.9.9.9'], maxRate: 3 })
  const give = (text: string, sender = '10.9.9.9') => checker.datagram(text, sender, 0)
  assert.equal(typeof give(report(1)), 'object')
  assert.equal(give(report(1)), 'replay')
  assert.equal(typeof give(report(0)), 'object', 'out of order is no replay')
  assert.equal(give(report(2)), 'flood')
  assert.equal(give('{'), 'format')
  assert.equal(give(report().replace('10,0', 'NaN,0')), 'format')
  assert.equal(give(report().replace('[1,', '[-1,')), 'range')
  assert.equal(give(report(3), '10.8.8.8'), 'sender')
  assert.deepEqual(checker.counts, { passed: 2, sender: 1, format: 2, range: 1, replay: 1, flood: 1 })
})

test('a sender that was silent for long may begin its sequence anew', () => {
  const checker = new Checker()
  checker.datagram(report(5000), 'a', 0)
  assert.equal(checker.datagram(report(0), 'a', 5), 'replay')
  assert.equal(typeof checker.datagram(report(0), 'a', 20), 'object')
})

test('sessions are spread evenly and stay together', () => {
  const counts = [0, 0, 0]
  for (let port = 0; port < 3000; port++) {
    const target = spread(`10.0.0.1|${port}|10.0.0.2|2`, 3)
    assert.equal(spread(`10.0.0.1|${port}|10.0.0.2|2`, 3), target)
    counts[target] = (counts[target] ?? 0) + 1
  }
  assert.ok(
    counts.every((count) => count > 800),
    String(counts),
  )
})

test('late reports are dropped oldest first, and counted', async () => {
  const seen: number[] = []
  const model = {
    digest: '',
    threshold: 0.5,
    kind: 'window' as const,
    classify: async (rows: Float32Array) => new Float32Array(rows.length / 12),
    close: async () => {},
  }
  const batcher = new Batcher(model, { batch: 10, maxWaiting: 100, onScore: (one) => seen.push(one.sequence ?? -1) })
  for (let sequence = 0; sequence < 1000; sequence++) batcher.add(fromWire(JSON.parse(report(sequence))))
  await batcher.drain()
  assert.equal(seen.length + batcher.dropped, 1000)
  assert.ok(seen.length >= 100 && seen.length <= 125, `${seen.length} kept`)
  assert.equal(seen.at(-1), 999)
})

test('a flood from one sender takes nothing from the others, and forged senders neither memory nor replay protection', () => {
  const checker = new Checker({ maxRate: 10 })
  for (let index = 0; index < 1000; index++) checker.datagram(report(), 'flooder', 0)
  assert.equal(checker.counts.passed, 10)
  assert.equal(checker.counts.flood, 990)
  assert.equal(typeof checker.datagram(report(1), 'honest', 0), 'object')
  for (let forged = 0; forged < 30_000; forged++) {
    checker.datagram(report(1), `forged ${forged}`, 1)
    if (forged % 1000 === 0) assert.equal(checker.datagram(report(1), 'honest', 1 + forged / 10_000), 'replay')
  }
})

test('a report that has waited too long is dropped and counted, the newer ones are classified', async () => {
  let now = 0
  const seen: number[] = []
  const model = {
    digest: '',
    threshold: 0.5,
    kind: 'window' as const,
    async classify(rows: Float32Array) {
      // A slow run: what gathers meanwhile grows old.
      now += 600
      return new Float32Array(rows.length / 12)
    },
    close: async () => {},
  }
  const onScore = (one: { readonly sequence?: number }) => seen.push(one.sequence ?? -1)
  const batcher = new Batcher(model, { batch: 2, maxWaiting: 100, maxDelayMs: 1000, clock: () => now, onScore })
  for (let sequence = 0; sequence < 10; sequence++) {
    if (sequence === 8) now += 300
    batcher.add(fromWire(JSON.parse(report(sequence))))
  }
  await batcher.drain()
  // At 300 ms: 0 and 1; at 900: 2 and 3; at 1500 4 to 7 are 1500 ms old and 8 and 9 are 1200.
  assert.deepEqual(seen, [0, 1, 2, 3])
  assert.equal(batcher.dropped, 6)
})

test('a model that fails is told, and counted, not passed over', async () => {
  const broken = {
    digest: '',
    threshold: 0.5,
    kind: 'window' as const,
    classify: () => Promise.reject(new Error('no probability')),
    close: async () => {},
  }
  const limits = { batch: 10, maxWaiting: 100, onScore: () => assert.fail('no score can come') }
  const throwing = new Batcher(broken, limits)
  throwing.add(fromWire(JSON.parse(report())))
  await assert.rejects(throwing.drain(), /no probability/)
  let failed = 0
  const counting = new Batcher(broken, { ...limits, onFailure: (_, reports) => (failed += reports) })
  for (let index = 0; index < 25; index++) counting.add(fromWire(JSON.parse(report())))
  await counting.drain()
  assert.equal(failed, 25)
})
