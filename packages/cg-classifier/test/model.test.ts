import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { sessionSet } from '../src/evaluate/sets.js'
import { TRAINING, train } from '../src/evaluate/train.js'
import { FEATURE_COUNT } from '../src/model/feature-vector.js'
import { DEFAULT_MODEL, loadModel } from '../src/model/load.js'
import { logisticOfRow } from '../src/model/tree.js'
import { writeOnnx } from '../src/model/write-onnx.js'

const small = train({ sessions: 2, seconds: 2 })
const folder = mkdtempSync(join(tmpdir(), 'cg-'))
test.after(() => rmSync(folder, { recursive: true }))
const file = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

test('ONNX Runtime gives the probabilities of our own tree walk', async () => {
  const model = await loadModel(file('small.onnx', small.onnx))
  const sessions = sessionSet({ name: 'other', sessions: 1, seconds: 2, without: [], heldOutRates: 'leave-out' })
  for (const { features, count, source } of sessions) {
    const scores = await model.classify(features)
    for (let row = 0; row < count; row++) {
      const own = logisticOfRow(small.ensemble, features, row * FEATURE_COUNT)
      assert.ok(Math.abs((scores[row] ?? -1) - own) < 1e-5, `${source}: ${scores[row]} is not ${own}`)
    }
  }
  await model.close()
})

test('the same training gives the same bytes', () => {
  assert.deepEqual(train({ sessions: 2, seconds: 2 }).onnx, small.onnx)
})

test('the model of the package is what train makes', (t) => {
  if (process.env.SEGCHAIN_RETRAIN !== '1') return t.skip('takes 10 s: SEGCHAIN_RETRAIN=1')
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  assert.equal(digest(train(TRAINING).onnx), digest(readFileSync(DEFAULT_MODEL)))
})

test('a model that is missing, cut, of another shape or of another digest is a clear error', async () => {
  await assert.rejects(loadModel(join(folder, 'none.onnx')), { category: 'usage', code: 'MODEL_MISSING' })
  const whole = readFileSync(DEFAULT_MODEL)
  await assert.rejects(loadModel(file('cut.onnx', whole.subarray(0, whole.length / 2))), { code: 'MODEL_BROKEN' })
  await assert.rejects(loadModel(file('text.onnx', Buffer.from('not a model'))), { code: 'MODEL_BROKEN' })
  await assert.rejects(loadModel(file('empty.onnx', Buffer.alloc(0))), { code: 'MODEL_BROKEN' })
  const other = writeOnnx(small.ensemble, 10, { features: 'a,b', threshold: '0.5' })
  await assert.rejects(loadModel(file('other.onnx', other)), { code: 'MODEL_SHAPE' })
  await assert.rejects(loadModel(DEFAULT_MODEL, `sha256:${'0'.repeat(64)}`), { code: 'MODEL_DIGEST' })
})
