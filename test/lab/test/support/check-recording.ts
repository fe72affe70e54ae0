import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compiledOutcomes } from '../../src/check/compiled.js'
import { labelTables } from '../../src/check/label-tables.js'
import { pathMetrics } from '../../src/check/metrics.js'
import { probeOutcomes } from '../../src/check/probes.js'
import { compareRepairs } from '../../src/check/repairs.js'
import type { Lab } from '../../src/lab.js'
import { type DeviceNames, exactly } from '../../src/network.js'
import { compiledPlan } from '../../src/plan.js'
import type { Recording } from '../../src/recording.js'

/** Linux looks at no more labels than these when it shares equal paths: below a deeper stack all flows look alike. */
const HASHED_LABELS = 4

function isShared(stack: readonly number[]): boolean {
  return stack.length <= HASHED_LABELS
}

/** The same tests for what was recorded once and for what a lab does now. */
export function checkRecording(
  name: string,
  lab: Lab,
  recordingOf: () => Recording,
  namesOf: (recording: Recording) => DeviceNames = () => exactly,
): void {
  test(`${name}: the predicted label table of every router is the kernel's, every label of it`, () => {
    const recording = recordingOf()
    for (const { router, predicted, kernel } of labelTables(recording, namesOf(recording))) {
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

  test(`${name}: every route to a prefix-SID costs what FRR says, in algorithm 0 and the Flex-Algo`, () => {
    const all = pathMetrics(recordingOf())
    assert.ok(all.some(({ frr }) => frr.some((line) => line.startsWith('128 '))))
    for (const { router, predicted, frr } of all) assert.deepEqual(predicted, frr, router)
  })

  test(`${name}: real packets with a stack take exactly the predicted hops`, () => {
    const recording = recordingOf()
    for (const [i, { predicted, seen, answered, sent, stack }] of probeOutcomes(
      recording,
      namesOf(recording),
    ).entries()) {
      const what = `probe ${i + 1}, stack ${stack.join('/')}`
      const lost = recording.lab.probes[i]?.lost
      if (lost === undefined) {
        assert.ok(seen.length > 0, what)
        assert.deepEqual(seen, isShared(stack) ? predicted : predicted.filter((one) => seen.includes(one)), what)
        assert.equal(answered, sent, what)
      } else {
        assert.equal(answered, 0, `${what}: ${lost}`)
      }
    }
  })

  const { compiled } = lab
  if (compiled !== undefined) {
    test(`${name}: packets with the stacks that sr-compiler makes of ${compiled.intents} take the hops of the plan`, () => {
      const outcomes = compiledOutcomes(recordingOf(), compiledPlan(compiled))
      assert.ok(outcomes.length > 0)
      for (const { stack, pushed, predicted, seen, probe } of outcomes) {
        assert.deepEqual(pushed, stack, `probe ${probe} had another stack: npm run lab -- record ${lab.name}`)
        assert.ok(seen.length > 0)
        assert.deepEqual(
          seen,
          isShared(stack) ? predicted : predicted.filter((one) => seen.includes(one)),
          `probe ${probe}`,
        )
      }
    })
  }

  if (!lab.repairs) return
  test(`${name}: each TI-LFA repair of FRR walks the post-convergence path, and is ours where there is no choice`, () => {
    for (const { root, destination, algorithm, frr, ours, forced, frrWalks } of compareRepairs(recordingOf())) {
      const what = `${root} to ${destination}, algorithm ${algorithm}: FRR ${frr}, predicted ${ours}`
      assert.ok(frrWalks, what)
      if (forced) assert.equal(frr, ours, what)
    }
  })
}
