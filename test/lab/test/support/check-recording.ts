import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelTables } from '../../src/check/label-tables.js'
import { probeOutcomes } from '../../src/check/probes.js'
import { compareRepairs } from '../../src/check/repairs.js'
import type { Recording } from '../../src/recording.js'

/** The same tests for what was recorded once and for what a lab does now. */
export function checkRecording(name: string, compareTheRepairs: boolean, recordingOf: () => Recording): void {
  test(`${name}: the predicted label table of every router is the kernel's, every label of it`, () => {
    const recording = recordingOf()
    for (const { router, predicted, kernel } of labelTables(recording)) {
      assert.deepEqual(predicted, kernel, router)
      // Not equal because both are empty: a row for each other router, in algorithm 0 and in IPv6.
      const first = recording.lab.routers.find(({ number }) => `r${number}` === router)?.srgb ?? 16000
      const labels = new Set(kernel.map((row) => Number(row.split(' ')[0]) - first))
      for (const { number } of recording.lab.routers) {
        if (`r${number}` !== router)
          assert.ok(labels.has(number) && labels.has(100 + number), `${router} reaches r${number}`)
      }
    }
  })

  test(`${name}: real packets with a stack take exactly the predicted hops`, () => {
    const recording = recordingOf()
    for (const [i, { predicted, seen, answered, sent, stack }] of probeOutcomes(recording).entries()) {
      const what = `probe ${i + 1}, stack ${stack.join('/')}`
      const lost = recording.lab.probes[i]?.lost
      if (lost === undefined) {
        assert.ok(seen.length > 0, what)
        assert.deepEqual(seen, predicted, what)
        assert.equal(answered, sent, what)
      } else {
        assert.equal(answered, 0, `${what}: ${lost}`)
      }
    }
  })

  if (!compareTheRepairs) return
  test(`${name}: each TI-LFA repair of FRR walks the post-convergence path, and is ours where there is no choice`, () => {
    for (const { root, destination, algorithm, frr, ours, forced, frrWalks } of compareRepairs(recordingOf())) {
      const what = `${root} to ${destination}, algorithm ${algorithm}: FRR ${frr}, predicted ${ours}`
      assert.ok(frrWalks, what)
      if (forced) assert.equal(frr, ours, what)
    }
  })
}
