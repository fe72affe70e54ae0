import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { validateRecord } from '@segchain/records'
import { exampleDirectory, topologyFile } from './support/lab.js'

const bin = join(import.meta.dirname, '../../bin/sr-compiler.js')

function rows(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'lfib', topologyFile, '-o', 'ndjson', ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  })
  assert.equal(status, 0, stderr)
  return stdout
    .trim()
    .split('\n')
    .map((line) => validateRecord('segchain.analysis/1', JSON.parse(line)))
    .flatMap((record) => (record.kind === 'label-entry' ? [record] : []))
}

test('lfib tells the rows of the network as it is', () => {
  // source: FRR's table on the same network (test/lab, ring): r1 has two ways to r4, pops towards r2 and r5.
  const found = rows('--node', 'r1').filter((row) => row.label < 16100)
  assert.deepEqual(
    found.map((row) => [row.label, row.action, ...row.nextHops.map((hop) => hop.node)]),
    [
      [16002, 'pop', 'r2'],
      [16003, 'swap', 'r2'],
      [16004, 'swap', 'r2', 'r5'],
      [16005, 'pop', 'r5'],
      [16006, 'swap', 'r5'],
    ],
  )
})

test('lfib with intents has the rows of the services, and their own end where they run', () => {
  const found = rows('--intents', exampleDirectory, '--node', 'r5').filter((row) => row.service === 'orange/cg/detect')
  assert.deepEqual(
    found.map((row) => [row.algorithm, row.action]),
    [[128, 'end']],
  )
})
