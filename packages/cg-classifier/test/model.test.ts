import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { trainAnomaly } from '../src/evaluate/card-compare.js'
import { windowsAlone } from '../src/evaluate/session-windows.js'
import { sessionSet } from '../src/evaluate/sets.js'
import { TRAINING, train } from '../src/evaluate/train.js'
import { anomalyOf } from '../src/model/anomaly-model.js'
import { featureCount, featureNames } from '../src/model/feature-writer.js'
import { DEFAULT_MODEL, loadModel } from '../src/model/load.js'
import { logisticOfRow } from '../src/model/tree.js'
import { writeAnomaly } from '../src/model/write-anomaly.js'
import { writeOnnx } from '../src/model/write-onnx.js'

const small = train({ sessions: 1, seconds: 2 })
const alone = train({ sessions: 1, seconds: 2, kind: 'window' })
const folder = mkdtempSync(join(tmpdir(), 'cg-'))
test.after(() => rmSync(folder, { recursive: true }))
const file = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

for (const { kind, ensemble, onnx } of [small, alone]) {
  test(`ONNX Runtime gives the probabilities of our own tree walk (${kind})`, async () => {
    const model = await loadModel(file(`${kind}.onnx`, onnx))
    assert.equal(model.kind, kind)
    const width = featureCount[kind]
    const made = sessionSet({
      name: 'other',
      sessions: 1,
      seconds: 2,
      without: [],
      heldOutRates: 'leave-out',
      mixed: 1,
    })
    for (const { features, count, source } of kind === 'session' ? made : made.map(windowsAlone)) {
      const scores = await model.classify(features)
      for (let row = 0; row < count; row++) {
        const own = logisticOfRow(ensemble, features, row * width)
        assert.ok(Math.abs((scores[row] ?? -1) - own) < 1e-5, `${source}: ${scores[row]} is not ${own}`)
      }
    }
    await model.close()
  })
}

test('the unsupervised model is an ONNX file that answers as its Gaussians do', async () => {
  const anomaly = trainAnomaly({ sessions: 2, seconds: 2 })
  const metadata = { features: featureNames.session.join(','), threshold: '0.5', contextWindows: '40' }
  const model = await loadModel(file('anomaly.onnx', writeAnomaly(anomaly, metadata)))
  const made = sessionSet({ name: 'other', sessions: 1, seconds: 2, without: [], heldOutRates: 'leave-out', mixed: 1 })
  let accepted = 0
  for (const { features, count, source } of made) {
    const scores = await model.classify(features)
    for (let row = 0; row < count; row++) {
      const own = 1 / (1 + anomalyOf(anomaly, features, row * anomaly.width))
      assert.ok(Math.abs((scores[row] ?? -1) - own) < 1e-3, `${source}: ${scores[row]} is not ${own}`)
      accepted += Number(own >= 0.5)
    }
  }
  assert.ok(accepted > 0, 'it accepts some windows')
  await model.close()
})

test('the same training gives the same bytes, in this process and on every version of Node', () => {
  assert.deepEqual(train({ sessions: 1, seconds: 2 }).onnx, small.onnx)
  // From Node 20.20, 22 and 24 on x86-64; CI runs it on all of them.
  assert.equal(digest(small.onnx), 'c4e782d2e32dbaff5fc53042d9ad54c9b26ac5f6e1d4af8b6bf83183001f15d6')
  assert.equal(digest(alone.onnx), 'f2026047350e744aa7ee55b5adb0cb8ae67fd4f70d08c8ee0272b1e35823be52')
})

test('the model of the package is what train makes', (t) => {
  if (process.env.SEGCHAIN_RETRAIN !== '1') return t.skip('takes a minute: SEGCHAIN_RETRAIN=1')
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
