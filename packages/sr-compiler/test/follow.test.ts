import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import { PlanFold, type StreamRecord, validateRecord } from '@segchain/records'
import fc from 'fast-check'
import { PlanFollower } from '../src/follow/plan-follower.js'
import { compile, parseIntents } from '../src/index.js'
import { settled } from '../src/shell/settled.js'
import { exampleFiles, exampleLock, labRecords } from './support/lab.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 40)
type Topology = StreamRecord<'segchain.topology/1'>

const input = {
  intents: parseIntents(exampleFiles()).intents,
  lock: exampleLock(),
  mayAllocate: false,
  unreachable: 'error',
} as const

const links = labRecords().filter((record) => record.kind === 'link')

/** The fixture with other metrics, and without some links, by number. */
function networkWith(metrics: ReadonlyMap<number, number>, down: ReadonlySet<number>): Snapshot {
  const changed = new Map<string, Topology | undefined>(
    links.map((link, i) => [
      link.id,
      down.has(i) ? undefined : { ...link, igpMetric: metrics.get(i) ?? link.igpMetric ?? 10 },
    ]),
  )
  return snapshotOf(
    labRecords().flatMap((record) =>
      'id' in record && changed.has(record.id) ? (changed.get(record.id) ?? []) : record,
    ),
  )
}

const change = fc.record({
  metrics: fc.dictionary(fc.nat(links.length - 1).map(String), fc.integer({ min: 1, max: 20 }), { maxKeys: 3 }),
  down: fc.uniqueArray(fc.nat(links.length - 1), { maxLength: 3 }),
})

test('what a stream that follows says is, at each sync, the plan of that network; without one the last stays', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
      const follower = new PlanFollower(input)
      const fold = new PlanFold()
      let good = compile({ ...input, topology: networkWith(new Map(), new Set()) }).plan
      for (const { metrics, down } of [{ metrics: {}, down: [] }, ...changes]) {
        const topology = networkWith(new Map(Object.entries(metrics).map(([i, m]) => [Number(i), m])), new Set(down))
        const step = follower.at(topology, 'quiet')
        for (const record of step?.records ?? []) fold.add(validateRecord('segchain.plan/1', record))
        const { plan, errors } = compile({ ...input, topology })
        good = plan ?? good
        assert.deepEqual(fold.plan?.elements, good?.elements)
        assert.deepEqual(
          new Map(fold.plan?.failovers.map((one) => [one.id, one])),
          new Map(good?.failovers.map((one) => [one.id, one])),
        )
        assert.deepEqual(
          fold.plan?.errors.map((one) => one.error.message).sort(),
          errors.map((one) => one.message).sort(),
        )
        assert.equal(fold.plan?.digest, follower.digest)
        assert.equal(fold.plan?.topologyDigest, good?.topologyDigest)
        assert.equal(follower.isBroken, plan === undefined)
        assert.equal(follower.at(topology, 'quiet'), undefined)
      }
    }),
    { numRuns },
  )
})

test('a change that moves nothing is a sync alone; one that moves a chain is its policy, not the plan', () => {
  const follower = new PlanFollower({ ...input, failover: 'off' })
  const first = follower.at(networkWith(new Map(), new Set()), 'end-of-rib')
  assert.ok((first?.records.length ?? 0) > 20)
  const aside = links.findIndex((link) => link.localNode.endsWith('5') && link.remoteNode.endsWith('2'))
  const still = follower.at(networkWith(new Map([[aside, 1000]]), new Set()), 'quiet')
  assert.deepEqual(
    still?.records.map((record) => record.kind),
    ['sync'],
  )
  const moved = follower.at(networkWith(new Map(links.map((_, i) => [i, 20])), new Set()), 'quiet')
  const kinds = new Set(moved?.records.map((record) => record.kind))
  assert.deepEqual([...kinds].sort(), ['sr-policy', 'sync'])
})

test('a storm of changes is looked at once, and one that never ends in time all the same', async () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  async function* burst() {
    for (let i = 0; i < 500; i += 1) yield i
    await wait(100)
    yield 500
  }
  const options = { isWhole: () => false, quietMs: 20, mostMs: 60_000, stop: () => undefined }
  const taken: number[] = []
  const moments: [string, number][] = []
  for await (const moment of settled(burst(), (item) => taken.push(item), options)) moments.push([moment, taken.length])
  assert.deepEqual(moments, [
    ['quiet', 500],
    ['end', 501],
  ])
  let stopped = false
  let isOver = false
  async function* endless() {
    for (let i = 0; !isOver; i += 1) {
      await wait(1)
      yield i
    }
  }
  const never = { ...options, quietMs: 60_000, mostMs: 20, stop: () => (stopped = true) }
  for await (const moment of settled(endless(), () => undefined, never)) {
    assert.equal(moment, 'quiet')
    break
  }
  isOver = true
  assert.equal(stopped, true)
})

test('what is whole is looked at at once, whatever comes behind it', async () => {
  async function* source() {
    yield* ['a', 'sync', 'b', 'c', 'sync', 'd']
  }
  const taken: string[] = []
  const moments: [string, string][] = []
  const options = { isWhole: (item: string) => item === 'sync', quietMs: 60_000, mostMs: 60_000, stop: () => undefined }
  for await (const moment of settled(source(), (item) => taken.push(item), options))
    moments.push([moment, taken.join(' ')])
  assert.deepEqual(moments, [
    ['whole', 'a sync'],
    ['whole', 'a sync b c sync'],
    ['end', 'a sync b c sync d'],
  ])
})
