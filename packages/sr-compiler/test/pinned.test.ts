import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileFiles, exampleFiles } from './support/lab.js'

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

test('a pinned chain that is too deep for the headend is an error', () => {
  const { errors } = compileFiles(
    exampleFiles({ 'chain.yaml': (pinned['chain.yaml'] ?? '').replace('labels: 8', 'labels: 7') }),
  )
  assert.deepEqual(
    errors.map((error) => error.code),
    ['BOUND_LABELS'],
  )
})
