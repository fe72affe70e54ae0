import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { compileFiles, exampleFiles, labRecords } from './support/lab.js'

const chain = exampleFiles().find((file) => file.file === 'chain.yaml')?.text ?? ''
const pinned = { 'chain.yaml': chain.replace('algorithm: 128', 'algorithm: 128\n  mode: pinned') }

test('a pinned chain chooses its instances together', () => {
  // source: worked by hand. Nearest first, detect on r2 or r5 is a draw, and r2 would cost 40 in the end. Together:
  // detect and features on r5 (10), check and classify on r6 (20), aggregate on r4 (30), which is the endpoint.
  const { plan, errors } = compileFiles(exampleFiles(pinned))
  assert.deepEqual(errors, [])
  const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
  assert.ok(policy?.kind === 'sr-policy')
  const list = policy.candidatePaths[0]?.segmentLists[0]
  assert.equal(list?.cost, 30)
  assert.deepEqual(
    list.segments.map((segment) => segment.service ?? segment.nodes.join()),
    [
      'node:isis-l1/0:0000.0000.0005',
      'orange/cg/detect',
      'orange/cg/features',
      'node:isis-l1/0:0000.0000.0006',
      'orange/cg/check',
      'orange/cg/classify',
      'node:isis-l1/0:0000.0000.0004',
      'orange/cg/aggregate',
    ],
  )
  assert.deepEqual([...new Set(list.hops.map((hop) => hop.name))], ['r1', 'r5', 'r6', 'r4'])
  assert.match(policy.rejected.map((rejection) => rejection.what).join(), /ending the services on r6/)
})

const withBounds = (bounds: string) =>
  compileFiles(exampleFiles({ 'chain.yaml': pinned['chain.yaml']?.replace('delayUs: 10000, labels: 8', bounds) ?? '' }))

test('a pinned chain within its bound on labels leaves an optional service out, or is an error', () => {
  // source: counted by hand. Seven labels do without aggregate: r5, detect, features, r6, check, classify, r4; six do not.
  const { plan, errors } = withBounds('labels: 7')
  assert.deepEqual(errors, [])
  const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
  assert.ok(policy?.kind === 'sr-policy')
  assert.equal(policy.candidatePaths[0]?.segmentLists[0]?.segments.length, 7)
  assert.ok(!policy.services.includes('orange/cg/aggregate'))
  assert.match(JSON.stringify(policy.rejected), /its stack has 8 labels, and bounds.labels is 7/)
  const tooFew = withBounds('labels: 6')
  assert.deepEqual(
    tooFew.errors.map((error) => error.code),
    ['BOUND_LABELS'],
  )
  assert.match(tooFew.errors[0]?.message ?? '', /no other choice of instances and optional services keeps it/)
})

test('a pinned chain takes dearer instances where the cheapest are too slow', () => {
  // source: by hand. The cheapest way is r1 r5 r6 r4: 1 ms each, but r5-r6 takes 9 ms here. Over r2 and r3: detect on r2,
  // features on r3, check on r6 only by r4, and back to r4: r1 r2 r3 r4 r6 r4, 5 links. Red r2-r3 is not in algorithm 128,
  // so the chain is of algorithm 0 here. With aggregate that would be nine labels, and r1 can push eight.
  const slow = labRecords().map((record) => {
    if (record.kind !== 'link') return record
    const ends = [record.localNode.slice(-1), record.remoteNode.slice(-1)].sort().join('')
    return ends === '56' ? { ...record, delayUs: 9000 } : record
  })
  const text = (pinned['chain.yaml'] ?? '').replace('algorithm: 128', 'algorithm: 0')
  const compiled = (bounds: string) =>
    compileFiles(exampleFiles({ 'chain.yaml': text.replace('delayUs: 10000, labels: 8', bounds) }), {
      topology: snapshotOf(slow),
    })
  const listOf = ({ plan }: ReturnType<typeof compiled>) => {
    const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
    assert.ok(policy?.kind === 'sr-policy')
    const list = policy.candidatePaths[0]?.segmentLists[0]
    return [list?.cost, list?.delayUs, [...new Set(list?.hops.map((hop) => hop.name))].sort().join(' ')]
  }
  assert.deepEqual(listOf(compiled('labels: 20')), [30, 11_000, 'r1 r4 r5 r6'])
  assert.deepEqual(listOf(compiled('delayUs: 8000')), [50, 5000, 'r1 r2 r3 r4 r6'])
})
