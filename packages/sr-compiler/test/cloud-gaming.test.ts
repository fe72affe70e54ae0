import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { canonicalJson, validateRecord } from '@segchain/records'
import { compileFiles, exampleFiles, labRecords } from './support/lab.js'

const plan = () => {
  const result = compileFiles(exampleFiles(), { locked: true })
  assert.deepEqual(result.errors, [])
  return result.plan?.elements ?? []
}

test('every element of the plan is a valid record, and its ids are unique', () => {
  const elements = plan()
  for (const element of elements) validateRecord('segchain.plan/1', element)
  assert.equal(new Set(elements.map((element) => element.id)).size, elements.length)
})

test('the chain keeps off the red link, and each label has its reason', () => {
  // source: worked by hand on the drawing in examples/cloud-gaming/README.md. Without 2-3 the ways from r1
  // lead over r5 and r6. detect is on r2 and r5, both one hop (10) away. From r2 the nearest features is r5
  // (10; r3 would be 40), from r5 it is r5 itself. Then r6 (10) does check, classify, aggregate; r4 is 10 more.
  // Dearest branch: r1-r2-r5-r6-r4 = 40, four links of 1000 us.
  const policy = plan().find((element) => element.kind === 'sr-policy')
  assert.ok(policy?.kind === 'sr-policy')
  const [list] = policy.candidatePaths[0]?.segmentLists ?? []
  assert.ok(list)
  assert.equal(list.cost, 40)
  assert.equal(list.delayUs, 4000)
  assert.deepEqual(
    list.segments.map((segment) => segment.service ?? segment.type),
    [
      'orange/cg/detect',
      'orange/cg/features',
      'orange/cg/check',
      'orange/cg/classify',
      'orange/cg/aggregate',
      'node-sid',
    ],
  )
  const visits = list.hops.map((hop) => `${hop.position} ${hop.name} ${hop.action}`)
  assert.deepEqual(visits, [
    '0 r1 push',
    '1 r2 service',
    '1 r5 service',
    '1 r2 swap',
    '1 r5 service',
    '1 r5 swap',
    '2 r6 service',
    '2 r6 service',
    '2 r6 service',
    '2 r6 swap',
    '3 r4 end',
    '3 r4 deliver',
  ])
  assert.ok(list.segments.every((segment) => segment.reason.length > 20))
  assert.match(policy.rejected.map((rejection) => rejection.why).join(), /optional/)
})

test('make before break: proxies before SIDs, SIDs before stacks, stacks before steering', () => {
  const order = ['segment-routing', 'flex-algo', 'switch-entry', 'loopback', 'prefix-sid', 'sr-policy', 'steering']
  const steps = plan()
  assert.deepEqual(
    [...steps].sort((a, b) => a.step - b.step).map((e) => e.id),
    steps.map((e) => e.id),
  )
  const stepOf = (kind: string) => steps.find((element) => element.kind === kind)?.step ?? 0
  assert.deepEqual(order.map(stepOf), [1, 2, 3, 4, 5, 9, 10])
  assert.equal(stepOf('proxy-entry'), stepOf('switch-entry'))
})

test('a service SID arrives with its label (no-PHP) and belongs to no single node', () => {
  const sids = plan().filter((element) => element.kind === 'prefix-sid')
  const service = sids.filter((sid) => sid.service !== undefined)
  assert.ok(
    service.length > 0 && service.every((sid) => sid.lastHopBehavior === 'no-php' && !sid.nodeFlag && sid.anycast),
  )
  assert.ok(
    sids
      .filter((sid) => sid.service === undefined)
      .every((sid) => sid.nodeFlag && !sid.anycast && sid.lastHopBehavior === 'no-php'),
  )
})

test('the same input in another order gives the same bytes', () => {
  const forwards = compileFiles(exampleFiles(), { locked: true })
  const backwards = compileFiles(exampleFiles().reverse(), {
    locked: true,
    topology: snapshotOf(labRecords().reverse()),
  })
  assert.equal(canonicalJson(backwards.plan), canonicalJson(forwards.plan))
})

test('what the plan configured is no conflict when the topology shows it, and changes nothing', () => {
  const before = compileFiles(exampleFiles(), { locked: true })
  const applied = (before.plan?.elements ?? []).flatMap((element) => {
    if (element.kind !== 'prefix-sid') return []
    const number = element.device.slice(1)
    const { prefix, algorithm, index } = element
    return [
      validateRecord('segchain.topology/1', {
        kind: 'prefix',
        id: `applied:${element.id}`,
        protocol: 'isis-l1',
        instanceId: '0',
        node: `node:isis-l1/0:0000.0000.000${number}`,
        prefix,
        metric: 10,
        prefixSids: [{ algorithm, index, flags: element.nodeFlag ? ['node'] : ['no-php'] }],
      }),
    ]
  })
  const after = compileFiles(exampleFiles(), { locked: true, topology: snapshotOf([...labRecords(), ...applied]) })
  assert.deepEqual(after.errors, [])
  assert.equal(canonicalJson(after.plan?.elements), canonicalJson(before.plan?.elements))
})

test('without a link the chain goes round the other way', () => {
  // source: worked by hand. Without 5-6 and with red allowed (algorithm 0) the way to r6 leads over r3 and r4.
  const records = labRecords().filter(
    (record) =>
      record.kind !== 'link' ||
      !(record.id.includes('.0005:0000.0000.0006') || record.id.includes('.0006:0000.0000.0005')),
  )
  const chain = exampleFiles().find((file) => file.file === 'chain.yaml')?.text ?? ''
  const files = exampleFiles({ 'chain.yaml': chain.replace('algorithm: 128', 'algorithm: 0') })
  const { plan: changed, errors } = compileFiles(files, { topology: snapshotOf(records) })
  assert.deepEqual(errors, [])
  const policy = changed?.elements.find((element) => element.kind === 'sr-policy')
  assert.ok(policy?.kind === 'sr-policy')
  const names = new Set(policy.candidatePaths[0]?.segmentLists[0]?.hops.map((hop) => hop.name))
  assert.ok(names.has('r3') && names.has('r4') && names.has('r6'))
})
