import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const measure = fileURLToPath(new URL('../../../../bench/compile/measure.mjs', import.meta.url))

test('what the bench compiles is a valid network with valid intents, whose failures are tried', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [measure, '60', '40'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const { size, chains, elements, failures } = JSON.parse(stdout)
  assert.deepEqual([size, chains], [60, 40])
  // A Steering, a Chain's stack at least, each; and each chain crosses some link that can fail.
  assert.ok(elements >= chains && failures >= chains, stdout)
})
