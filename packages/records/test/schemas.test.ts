import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { jsonSchemaOf, type SchemaName, SegchainError, streams, validateRecord } from '../src/index.js'

const names = Object.keys(streams) as SchemaName[]
const link = {
  kind: 'link',
  id: 'l1',
  protocol: 'isis-l1',
  instanceId: '0',
  localNode: 'a',
  remoteNode: 'b',
  igpMetric: 10,
  adminGroups: [0, 31],
}

for (const name of names) {
  test(`the published schema of ${name} is what the code says, and a second validator accepts it`, () => {
    const file = name.replace('segchain.', '').replace('/', '-')
    const published = readFileSync(new URL(`../../schemas/${file}.schema.json`, import.meta.url), 'utf8')
    assert.deepEqual(JSON.parse(published), JSON.parse(JSON.stringify(jsonSchemaOf(name))))
    const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(JSON.parse(published))
    assert.equal(validate({ kind: 'sync', id: 'sync', reason: 'quiet' }), true)
    assert.equal(validate({ kind: 'sync', id: 'sync', reason: 'tired' }), false)
  })

  test(`every kind of ${name} is discriminated by its own name`, () => {
    for (const [kind, schema] of Object.entries(streams[name])) {
      assert.equal(schema.properties.kind.const, kind)
    }
  })
}

test('our validator and the published schema agree on good and bad records', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false }).compile(jsonSchemaOf('segchain.topology/1'))
  const cases: [object, boolean][] = [
    [link, true],
    [{ ...link, protocol: 'protocol-200' }, true],
    [{ ...link, protocol: 'carrier-pigeon' }, false],
    [{ ...link, instanceId: 0 }, false],
    [{ ...link, igpMetric: -1 }, false],
    [{ ...link, unreservedBandwidthBytesPerSec: [1, 2] }, false],
    [{ ...link, later: true }, true],
    [{ kind: 'link' }, false],
  ]
  for (const [record, good] of cases) {
    assert.equal(ajv(record), good, JSON.stringify(record))
    if (good) validateRecord('segchain.topology/1', record)
    else assert.throws(() => validateRecord('segchain.topology/1', record), SegchainError)
  }
})
