import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dropReasons } from '../src/index.js'

test('the drop reasons are those of tables.h, in its order', () => {
  const header = readFileSync(new URL('../../bpf/include/tables.h', import.meta.url), 'utf8')
  const names = [...header.matchAll(/#define SR_DROP_(\w+) (\d+)/g)]
    .filter(([, name]) => name !== 'MAX')
    .sort((one, other) => Number(one[2]) - Number(other[2]))
    .map(([, name]) => name?.toLowerCase().replaceAll('_', '-'))
  assert.deepEqual(names, [...dropReasons])
})
