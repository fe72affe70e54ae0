import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProxyEntryElement } from '@segchain/records'
import { compileFiles, exampleFiles } from './support/lab.js'

const text = (file: string): string => exampleFiles().find((one) => one.file === file)?.text ?? ''
const check = text('services/check.yaml')
const staticCheck = check.replace('behavior: End.AD', 'behavior: End.AS, model: uniform')

function entriesOf(plan: { readonly elements: readonly { readonly kind: string }[] } | undefined): ProxyEntryElement[] {
  return (plan?.elements ?? []).filter((element): element is ProxyEntryElement => element.kind === 'proxy-entry')
}

test('End.AS: the plan tells the stack that is left of the chain behind the service', () => {
  const { plan, errors } = compileFiles(exampleFiles({ 'services/check.yaml': staticCheck }), { locked: true })
  assert.deepEqual(errors, [])
  const [entry, ...others] = entriesOf(plan).filter(({ behavior }) => behavior === 'End.AS')
  assert.deepEqual(others, [])
  // source: the stack of the chain (17004 17005 17001 17002 17000 17009), after the label of check.
  assert.deepEqual(
    [entry?.label, entry?.service, entry?.stack, entry?.model],
    [17001, 'orange/cg/check', [17002, 17000, 17009], 'uniform'],
  )
})

test('End.AS at two instances: the same stack for both', () => {
  const file = 'services/classify.yaml'
  const { plan, errors } = compileFiles(exampleFiles({ [file]: text(file).replace('End.AD', 'End.AS') }), {
    locked: true,
  })
  assert.deepEqual(errors, [])
  const stacks = entriesOf(plan).filter(({ behavior }) => behavior === 'End.AS')
  assert.deepEqual(
    stacks.map(({ device, stack }) => [device, stack]),
    [
      ['r3', [17000, 17009]],
      ['r6', [17000, 17009]],
    ],
  )
})

test('End.AS: chains that go on in different ways are an error that names both', () => {
  const other = text('steering.yaml')
    .replace('name: gamers', 'name: others')
    .replace('endpoint: r4', 'endpoint: r3')
    .replace('198.51.100.0/24', '192.0.2.0/24')
  const files = exampleFiles({ 'services/check.yaml': staticCheck, 'other.yaml': other })
  const { errors } = compileFiles(files)
  assert.deepEqual(
    errors.map(({ code, where }) => [code, where.file]),
    [['STATIC_TWO_WAYS', 'services/check.yaml']],
  )
  assert.match(errors[0]?.message ?? '', /to 10\.255\.0\.4 goes on with [\d ]+, chain .* to 10\.255\.0\.3 with [\d ]+/)
})

test('End.AS that no chain goes through has no stack and gets no label: a warning', () => {
  const file = 'services/classify-deep.yaml'
  const { plan, errors, warnings } = compileFiles(exampleFiles({ [file]: text(file).replace('End.AD', 'End.AS') }), {
    locked: true,
  })
  assert.deepEqual(errors, [])
  assert.ok(warnings.some(({ code }) => code === 'STATIC_WITHOUT_CHAIN'))
  assert.ok(entriesOf(plan).every(({ service }) => service !== 'orange/cg/classify-deep'))
})
