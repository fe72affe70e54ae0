import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { compileFiles, exampleFiles, labRecords } from './support/lab.js'

const flexAlgo = (metric: string) =>
  `apiVersion: segchain/v1\nkind: FlexAlgo\nmetadata: { name: low-latency }\nspec: { algorithm: 128, metric: ${metric}, priority: 200 }\n`

/** The lab, where every link but the red one has a metric of type 130: five times its IGP metric. */
function withGenericMetrics() {
  return snapshotOf(
    labRecords().map((record) =>
      record.kind !== 'link' || record.extendedAdminGroups?.includes(0) || record.igpMetric === undefined
        ? record
        : { ...record, genericMetrics: [{ type: 130, metric: record.igpMetric * 5 }] },
    ),
  )
}

test('a FlexAlgo by a user-defined metric: paths by the generic metric of the links, and its type in the plan', () => {
  const files = exampleFiles({ 'low-latency.yaml': flexAlgo('{ userDefined: 130 }') })
  const { plan, errors } = compileFiles(files, { topology: withGenericMetrics() })
  assert.deepEqual(errors, [])
  const elements = plan?.elements ?? []
  const definitions = elements.flatMap((one) => (one.kind === 'flex-algo' ? (one.definition ?? []) : []))
  assert.ok(definitions.length > 0)
  for (const definition of definitions) assert.equal(definition.metricType, 130)
  const lists = elements
    .flatMap((one) => (one.kind === 'sr-policy' ? one.candidatePaths : []))
    .flatMap((path) => path.segmentLists)
  assert.ok(lists.length > 0)
  for (const list of lists) assert.equal(list.cost % 50, 0)
})

test('where no link has the generic metric, nothing can be reached, and the error names it', () => {
  const { errors } = compileFiles(exampleFiles({ 'low-latency.yaml': flexAlgo('{ userDefined: 131 }') }), {
    topology: withGenericMetrics(),
  })
  assert.ok(errors.length > 0)
  assert.match(
    errors.map((error) => `${error.message} ${error.hint ?? ''}`).join('\n'),
    /no usable generic metric of type 131/,
  )
})

test('a metric that there is not: the error says which there are', () => {
  for (const [metric, code, hint] of [
    ['{ userDefined: 127 }', 'INTENT_INVALID', /^a whole number from 128 to 255/],
    ['dely', 'INTENT_INVALID', /igp, min-delay, te, or \{ userDefined: 128 to 255 \}/],
    ['{ userDefined: 130, of: x }', 'UNKNOWN_FIELD', /userDefined/],
  ] as const) {
    const [error, ...others] = compileFiles(exampleFiles({ 'low-latency.yaml': flexAlgo(metric) })).errors
    assert.deepEqual(others, [])
    assert.equal(error?.code, code)
    assert.match(error?.hint ?? '', hint)
  }
})
