import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { validateRecord } from '@segchain/records'
import { singleFailures } from '../src/analysis/events.js'
import { impactOf } from '../src/analysis/impact.js'
import { buildModel } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { formatLock, parseIntents, parseLock } from '../src/index.js'
import { compileFiles, exampleFiles, exampleLock, labRecords, labTopology } from './support/lab.js'

const text = (file: string): string => exampleFiles().find((one) => one.file === file)?.text ?? ''
const srlb = `${text('network.yaml')}  srlb: [{ first: 15000, size: 1000 }]\n`
/** The lab, where r1 (or every node) pushes as many labels as this. */
const pushing = (count: number, everybody = false) =>
  snapshotOf(
    labRecords().map((record) =>
      record.kind === 'node' && (everybody || record.name === 'r1')
        ? { ...record, msds: [{ type: 1, value: count }] }
        : record,
    ),
  )

function policies(files: ReturnType<typeof exampleFiles>, topology = labTopology()) {
  const { plan, errors } = compileFiles(files, { topology })
  assert.deepEqual(errors, [])
  for (const element of plan?.elements ?? []) validateRecord('segchain.plan/1', element)
  return (plan?.elements ?? []).filter((element) => element.kind === 'sr-policy')
}

test('a stack that the headend cannot push is split with binding-SIDs, and what is behind comes first', () => {
  // source: worked by hand. Six labels, r1 pushes 4: three and a binding-SID. The third segment is check, which runs on
  // r6 alone; so r6 pushes the other three for label 15000, the first of the SRLB. The way is the old one.
  const [behind, head] = policies(exampleFiles({ 'network.yaml': srlb }), pushing(4))
  const [whole] = policies(exampleFiles())
  const list = (policy: typeof head) => policy?.candidatePaths[0]?.segmentLists[0]
  const stack = (policy: typeof head) => list(policy)?.segments.map((segment) => segment.label)
  assert.deepEqual(stack(head), [...(stack(whole)?.slice(0, 3) ?? []), 15000])
  assert.deepEqual(stack(behind), stack(whole)?.slice(3))
  assert.equal(behind?.bindingSid, 15000)
  assert.equal(behind.device, 'r6')
  assert.deepEqual(behind.bindingFor, [head?.id])
  assert.ok(behind.step < (head?.step ?? 0), 'make before break')
  assert.match(list(head)?.segments.at(-1)?.reason ?? '', /r6 pushes/)
  assert.match(behind.reason.text, /MSD is too small for all 6/)
  assert.ok(list(head)?.hops.some((hop) => hop.action === 'push' && hop.name === 'r6'))
  assert.deepEqual(list(head)?.hops.at(-1)?.name, list(whole)?.hops.at(-1)?.name)
  assert.equal(list(head)?.cost, list(whole)?.cost)
})

test('a small MSD takes several pieces; an anycast group holds the same label on each member', () => {
  const found = policies(exampleFiles({ 'network.yaml': srlb }), pushing(2))
  const holders = found.filter((policy) => policy.bindingSid !== undefined)
  // source: worked by hand. r1 pushes detect and a binding-SID, which both r2 and r5 hold; they push the other five.
  assert.deepEqual(
    holders.map((policy) => [policy.device, policy.bindingSid]),
    [
      ['r2', 15000],
      ['r5', 15000],
    ],
  )
  const three = policies(exampleFiles({ 'network.yaml': srlb }), pushing(3, true))
  const depth = three.flatMap((policy) => policy.candidatePaths[0]?.segmentLists[0]?.segments.length ?? 0)
  assert.ok(Math.max(...depth) <= 3, depth.join())
  const steps = three.map((policy) => policy.step)
  assert.ok(new Set(steps).size >= 2 && steps.join() === [...steps].sort((a, b) => a - b).join())
})

test('where no binding-SID can be had, the error says why', () => {
  const { errors } = compileFiles(exampleFiles(), { topology: pushing(4) })
  assert.equal(errors[0]?.code, 'STACK_TOO_DEEP')
  assert.match(errors[0]?.message ?? '', /r6 advertises no SRLB, and the Network intent gives it none/)
  const one = compileFiles(exampleFiles({ 'network.yaml': srlb }), { topology: pushing(1) })
  assert.match(one.errors[0]?.message ?? '', /a node that pushes one label cannot add a binding-SID to it/)
  const full = compileFiles(
    exampleFiles({
      'network.yaml': `${text('network.yaml')}  srlb: [{ first: 15000, size: 1 }]\n`,
      'steering.yaml': text('steering.yaml').replace('color: 100', 'color: 100\n  bindingSid: 15000'),
    }),
    { topology: pushing(4) },
  )
  assert.match(full.errors[0]?.message ?? '', /no label of the SRLB is free on r6/)
})

test('a binding-SID is locked, and compile says so when it may not allocate', () => {
  const files = exampleFiles({ 'network.yaml': srlb })
  const topology = pushing(4)
  const refused = compileFiles(files, { locked: true, topology })
  assert.deepEqual(
    refused.errors.map((error) => [error.code, error.hint]),
    [['NOT_ALLOCATED', 'compile with --write-lock, and commit sids.lock']],
  )
  const { plan } = compileFiles(files, { topology })
  assert.ok(plan)
  const { lock, errors } = parseLock(formatLock(plan.lock))
  assert.deepEqual(errors, [])
  assert.deepEqual(lock.bindings, [{ owner: 'binding/gamers/1', label: 15000 }])
  const twice = formatLock({ ...lock, bindings: [...(lock.bindings ?? []), { owner: 'binding/x/1', label: 15000 }] })
  assert.equal(parseLock(twice).errors[0]?.code, 'LOCK_CONFLICT')
})

test('whatif follows binding-SIDs, and a split chain breaks with its holder', () => {
  const { intents } = parseIntents(exampleFiles({ 'network.yaml': srlb }))
  const model = buildModel(
    { intents, lock: exampleLock(), topology: labTopology(), unreachable: 'error' },
    new Problems(),
  )
  assert.ok(model)
  const status = (name: string) => {
    const event = singleFailures(model).find((one) => one.text === name)
    assert.ok(event)
    return impactOf(model, event)[0]?.status
  }
  assert.notEqual(status('link r1-r2 down'), 'broken')
  assert.equal(status('node r6 down'), 'broken')
})

test('entropy labels go where every node of the way can read them, as far as ERLD and ELC are known', () => {
  const told = (erld: number, elc: boolean) =>
    snapshotOf(
      labRecords().map((record) => {
        if (record.kind === 'node') return { ...record, msds: [{ type: 2, value: erld }] }
        return record.kind === 'prefix' && elc ? { ...record, attributeFlags: ['elc'] } : record
      }),
    )
  const place = (erld: number, elc: boolean) => {
    const { plan } = compileFiles(exampleFiles(), { topology: told(erld, elc) })
    const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
    return policy?.kind === 'sr-policy' ? policy.candidatePaths[0]?.segmentLists[0]?.entropyLabels : undefined
  }
  // source: RFC 8662 §7.2 by hand: six labels; with an ERLD of 5, three labels, ELI and EL are read: pairs after 3 and 6.
  assert.deepEqual(place(5, true)?.after, [3, 6])
  assert.deepEqual(place(8, true)?.after, [6])
  assert.match(place(2, true)?.reason ?? '', /would not be read/)
  assert.match(place(8, false)?.reason ?? '', /no segment ends at a node that processes entropy labels/)
  const { plan } = compileFiles(exampleFiles())
  const policy = plan?.elements.find((element) => element.kind === 'sr-policy')
  assert.ok(policy?.kind === 'sr-policy' && policy.candidatePaths[0]?.segmentLists[0]?.entropyLabels === undefined)
})
