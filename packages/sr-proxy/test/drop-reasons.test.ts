import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { stats as statNames } from '../src/daemon/stats.js'
import { dropReasons } from '../src/index.js'

const header = readFileSync(new URL('../../bpf/include/tables.h', import.meta.url), 'utf8')

/** `#define PREFIX_NAME number`, by number. */
function defined(prefix: string) {
  return [...header.matchAll(new RegExp(`#define ${prefix}_(\\w+) (\\d+)`, 'g'))]
    .filter(([, name]) => name !== 'MAX')
    .sort((one, other) => Number(one[2]) - Number(other[2]))
    .map(([, name]) => name?.toLowerCase().replaceAll('_', '-'))
}

test('the drop reasons are those of tables.h, in its order', () => {
  assert.deepEqual(defined('SR_DROP'), [...dropReasons])
})

test('the statistics are those of tables.h, in its order', () => {
  assert.deepEqual(defined('SR_STAT'), [...statNames])
})
