import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import * as ort from 'onnxruntime-node'
import { DEFAULT_RULE, readRule } from '../src/aggregate/state-file.js'
import { MAX_WINDOWS } from '../src/evaluate/fit.js'
import { outcomeOf } from '../src/evaluate/outcome.js'
import { allBut, HELD_OUT, sessionSet } from '../src/evaluate/sets.js'
import { DEFAULT_MODEL, loadModel } from '../src/model/load.js'

const card = readFileSync(new URL('../../model/model-card.md', import.meta.url), 'utf8')
const sample = { name: 'aims', sessions: 12, seconds: 6 } as const

test('the card is that of the model of the package, and of its session rule', async () => {
  assert.ok(card.includes(createHash('sha256').update(readFileSync(DEFAULT_MODEL)).digest('hex')))
  const { p1, p0, designEffect } = await readRule(DEFAULT_RULE)
  assert.ok(card.includes(`p1 ${p1}, p0 ${p0}, design effect ${designEffect}`))
})

test('a sample of held-out sessions: cloud gaming is recognised within 3 s of traffic, other traffic is not called so', async () => {
  const model = await loadModel(DEFAULT_MODEL)
  const rule = await readRule(DEFAULT_RULE)
  const sessions = [
    ...sessionSet({ ...sample, without: allBut(HELD_OUT.sources), heldOutRates: 'leave-out' }),
    ...sessionSet({ ...sample, without: allBut(['geforce-now', 'tr38838']), heldOutRates: 'only' }),
  ]
  let [positives, found] = [0, 0]
  for (const session of sessions) {
    const outcome = outcomeOf(rule, await model.classify(session.features), model.threshold)
    if (session.positive) {
      positives++
      found += Number(outcome.decided === 'cloud-gaming')
      assert.ok((outcome.windowsToDecision ?? Number.POSITIVE_INFINITY) <= MAX_WINDOWS, session.source)
    } else {
      assert.equal(outcome.ever, false, `${session.source} is called cloud gaming`)
    }
  }
  await model.close()
  assert.equal(positives, 72)
  assert.ok(found / positives >= 0.98, `${found} of ${positives}`)
})

test('behind a start-up, which is called other, held-out sessions are recognised, nine of ten within 3 s of their media', async () => {
  const model = await loadModel(DEFAULT_MODEL)
  const rule = await readRule(DEFAULT_RULE)
  const begun = { name: 'aims', sessions: 6, seconds: 8, startUp: 'kept' } as const
  const sessions = [
    ...sessionSet({ ...begun, without: allBut(HELD_OUT.sources), heldOutRates: 'leave-out' }),
    ...sessionSet({ ...begun, without: allBut(['geforce-now', 'tr38838']), heldOutRates: 'only' }),
  ]
  const times: number[] = []
  let [positives, found] = [0, 0]
  for (const session of sessions) {
    assert.ok((session.lead ?? 0) > 0)
    const outcome = outcomeOf(rule, await model.classify(session.features), model.threshold)
    if (!session.positive) {
      assert.equal(outcome.ever, false, `${session.source} is called cloud gaming`)
      continue
    }
    positives++
    found += Number(outcome.decided === 'cloud-gaming')
    times.push((outcome.windowsToCalled ?? Number.POSITIVE_INFINITY) - (session.lead ?? 0))
  }
  await model.close()
  assert.equal(positives, 36)
  assert.ok(found / positives >= 0.95, `${found} of ${positives}`)
  times.sort((a, b) => a - b)
  assert.ok((times[Math.floor(0.9 * times.length)] ?? 0) <= MAX_WINDOWS, times.join(' '))
})

test("ONNX Runtime's labels are those of its probabilities", async () => {
  // With weights for both classes of a binary TreeEnsembleClassifier they are not.
  const session = await ort.InferenceSession.create(readFileSync(DEFAULT_MODEL))
  const made = sessionSet({ ...sample, sessions: 1, without: [], heldOutRates: 'leave-out', mixed: 1 })
  const called = [0, 0]
  for (const { features, count } of made) {
    const { label, probabilities } = await session.run({ features: new ort.Tensor('float32', features, [count, 36]) })
    assert.ok(label?.data instanceof BigInt64Array && probabilities?.data instanceof Float32Array)
    const labels: BigInt64Array = label.data
    const scores: Float32Array = probabilities.data
    for (let row = 0; row < count; row++) {
      const positive = (scores[row * 2 + 1] ?? 0) > (scores[row * 2] ?? 0)
      assert.equal(labels[row], BigInt(positive))
      called[Number(positive)] = (called[Number(positive)] ?? 0) + 1
    }
  }
  assert.ok(
    called.every((count) => count > 100),
    `both classes: ${called}`,
  )
  await session.release()
})
