import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { ClassificationRecord } from '@segchain/records'
import { Aggregator } from '../src/aggregate/aggregator.js'
import { addWindow, type Evidence, UNDECIDED } from '../src/aggregate/session-rule.js'
import { readState, writeState } from '../src/aggregate/state-file.js'
import { Random } from '../src/generate/random.js'

const rule = { p1: 0.8, p0: 0.1, alpha: 0.01, beta: 0.02, designEffect: 1 }
const window = (ofClass: boolean, port = 1): ClassificationRecord => ({
  kind: 'classification',
  id: 'x',
  sourceAddress: '10.0.0.1',
  sourcePort: port,
  destinationAddress: '10.0.0.2',
  destinationPort: 2,
  class: ofClass ? 'cloud-gaming' : 'other',
  score: ofClass ? 1 : 0,
})
const several = (aggregator: Aggregator, ofClass: boolean, count: number, now = 0) =>
  Array.from({ length: count }, () => aggregator.add(window(ofClass), now)).flat()

test('independent windows keep the stated error rates', () => {
  const random = new Random('sprt')
  const wrong = { other: 0, gaming: 0 }
  const trials = 4000
  for (let trial = 0; trial < trials; trial++) {
    for (const [name, p] of [
      ['other', rule.p0],
      ['gaming', rule.p1],
    ] as const) {
      let evidence: Evidence = UNDECIDED
      while (evidence.decided === undefined) evidence = addWindow(rule, evidence, random.uniform() < p)
      if ((evidence.decided === 'cloud-gaming') !== (name === 'gaming')) wrong[name]++
    }
  }
  assert.ok(wrong.other / trials <= rule.alpha * 1.3, `${wrong.other} of ${trials} called cloud gaming`)
  assert.ok(wrong.gaming / trials <= rule.beta * 1.3, `${wrong.gaming} of ${trials} missed`)
})

test('a verdict comes once, and changes only after evidence to the other bound', () => {
  const aggregator = new Aggregator({ rule, idleSeconds: 10 })
  const first = several(aggregator, true, 20)
  assert.deepEqual(
    first.map((record) => record.kind === 'verdict' && record.class),
    ['cloud-gaming'],
  )
  assert.deepEqual(several(aggregator, false, 3), [], 'hysteresis')
  const changed = several(aggregator, false, 10)
  assert.deepEqual(
    changed.map((record) => record.kind === 'verdict' && record.class),
    ['other'],
  )
})

test('an idle session is over, and its verdict withdrawn', () => {
  const aggregator = new Aggregator({ rule, idleSeconds: 10 })
  several(aggregator, true, 20, 0)
  assert.deepEqual(aggregator.expire(9.9), [])
  assert.deepEqual(aggregator.expire(10), [{ kind: 'withdraw', id: 'verdict:10.0.0.1|1|10.0.0.2|2', of: 'verdict' }])
  assert.equal(aggregator.size, 0)
})

test('sessions beyond the limit push out the one silent longest', () => {
  const aggregator = new Aggregator({ rule, idleSeconds: 10, maxSessions: 3 })
  for (let port = 1; port <= 10; port++) aggregator.add(window(true, port), 0)
  assert.equal(aggregator.size, 3)
})

test('a restart keeps the counts and repeats the verdicts that stand', () => {
  const before = new Aggregator({ rule, idleSeconds: 10 })
  several(before, true, 20)
  const after = new Aggregator({ rule, idleSeconds: 10 })
  const standing = after.restore(JSON.parse(JSON.stringify(before.state())), 1000)
  assert.deepEqual(
    standing.map((verdict) => [verdict.class, verdict.windows]),
    [['cloud-gaming', 20]],
  )
  assert.deepEqual(several(after, true, 5, 1001), [], 'nothing has changed')
})

test('what is not decided after maxWindows is called what is likelier', () => {
  const short = { ...rule, designEffect: 100, maxWindows: 12 }
  for (const [hits, expected] of [
    [8, 'cloud-gaming'],
    [3, 'other'],
  ] as const) {
    const aggregator = new Aggregator({ rule: short, idleSeconds: 10 })
    const verdicts = Array.from({ length: 12 }, (_, index) => aggregator.add(window(index < hits), 0))
    assert.equal(verdicts.slice(0, 11).flat().length, 0)
    const [verdict] = verdicts[11] ?? []
    assert.equal(verdict?.kind === 'verdict' && verdict.class, expected)
    assert.ok(verdict?.kind === 'verdict' && verdict.confidence < 0.9, 'it says how unsure it is')
  }
})

test('a session that was cloud gaming for long outlasts a menu, one that just became it does not', () => {
  const patient = { ...rule, reserve: 30 }
  const long = new Aggregator({ rule: patient, idleSeconds: 10 })
  several(long, true, 100)
  assert.deepEqual(several(long, false, 20), [])
  const brief = new Aggregator({ rule: patient, idleSeconds: 10 })
  several(brief, true, 4)
  assert.equal(several(brief, false, 20).length, 1)
})

for (const [what, text] of [
  ['cut', '[["a",{"ends":{"sour'],
  ['of something else', '{"kind":"header"}'],
  [
    'of an older version',
    '[["a",{"ends":{"sourceAddress":"10.0.0.1"},"evidence":{"logRatio":0},"windows":1,"windowsOfClass":1}]]',
  ],
] as const) {
  test(`a state file ${what} is a clear error, not a fresh start in silence`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'cg-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'state.json')
    writeFileSync(path, text)
    await assert.rejects(readState(path), { category: 'usage', code: 'STATE' })
  })
}

test('the state survives writing and reading as it is, and a missing file is no sessions', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const aggregator = new Aggregator({ rule, idleSeconds: 10 })
  several(aggregator, true, 20)
  await writeState(join(folder, 'state.json'), aggregator.state())
  assert.deepEqual(await readState(join(folder, 'state.json')), aggregator.state())
  assert.deepEqual(await readState(join(folder, 'none.json')), [])
})

test('a verdict has what a switch needs for an entry: protocol, both ends, class, session and service', () => {
  const aggregator = new Aggregator({ rule, idleSeconds: 10, service: 'orange/cg/aggregate' })
  const record = { ...window(true), sessionId: 's1', windowStartNs: '1700000000123456789' }
  const records = Array.from({ length: 20 }, () => aggregator.add(record, 0)).flat()
  assert.deepEqual(
    { ...records[0], confidence: 0, windows: 0, windowsOfClass: 0 },
    {
      kind: 'verdict',
      id: 'verdict:s1',
      sourceAddress: '10.0.0.1',
      sourcePort: 1,
      destinationAddress: '10.0.0.2',
      destinationPort: 2,
      protocol: 17,
      sessionId: 's1',
      service: 'orange/cg/aggregate',
      time: '2023-11-14T22:13:20.123Z',
      class: 'cloud-gaming',
      confidence: 0,
      windows: 0,
      windowsOfClass: 0,
    },
  )
})

test('a TCP flow between the ends of a UDP flow is a session of its own, and its verdict says so', () => {
  const aggregator = new Aggregator({ rule, idleSeconds: 10 })
  const tcp = { ...window(true), protocol: 6 }
  const verdicts = Array.from({ length: 20 }, () => [...aggregator.add(tcp, 0), ...aggregator.add(window(false), 0)])
  assert.deepEqual(
    verdicts.flat().map((record) => record.kind === 'verdict' && [record.id, record.protocol, record.class]),
    [
      ['verdict:10.0.0.1|1|10.0.0.2|2|6', 6, 'cloud-gaming'],
      ['verdict:10.0.0.1|1|10.0.0.2|2', 17, 'other'],
    ],
  )
})
