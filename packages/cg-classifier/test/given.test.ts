import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { captureOf } from '../src/generate/capture.js'
import { generateSession } from '../src/generate/session.js'
import { sources } from '../src/generate/sources.js'

const bin = join(import.meta.dirname, '../../bin/cg-classifier.js')
const folder = mkdtempSync(join(tmpdir(), 'cg-'))
test.after(() => rmSync(folder, { recursive: true }))

function capture(name: string, seed: string): string {
  const source = sources.find((one) => one.name === name)
  assert.ok(source)
  const path = join(folder, `${name}-${seed}.pcap`)
  writeFileSync(path, Buffer.concat([...captureOf(generateSession(source, seed, 3))]))
  return path
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', input: '' })
  assert.equal(status, 0, stderr)
  return stdout
}

const seeds = ['a', 'b', 'c', 'd']
const gaming = seeds.flatMap((seed) => ['--gaming', capture('stadia', seed)])
const other = seeds.flatMap((seed) => ['--other', capture('upload', seed)])

test("train makes models, card and plots from somebody's captures alone, the same bytes each time", () => {
  const out = join(folder, 'model')
  run(['train', '--out', out, ...gaming, ...other, '--only-given'])
  const files = ['cloud-gaming.onnx', 'anomaly.onnx', 'session-rule.json', 'model-card.md', 'roc.svg', 'confusion.svg']
  const first = [...files, 'time-to-decision.svg'].map((name) => readFileSync(join(out, name)))
  run(['train', '--out', out, ...gaming, ...other, '--only-given'])
  const again = [...files, 'time-to-decision.svg'].map((name) => readFileSync(join(out, name)))
  assert.deepEqual(again, first)
  const card = readFileSync(join(out, 'model-card.md'), 'utf8')
  assert.match(card, /4 files of cloud gaming, 4 of other traffic; \d+ sessions for training/)
  assert.match(card, /whole files were held out/)
  assert.match(card, /\| stadia-d\.pcap \| cloud gaming \|/)
  assert.match(card, /\| upload-d\.pcap \| other \|/)
  assert.doesNotMatch(card, /stadia-a/, 'what was trained on is not measured')
})

test('evaluate measures any model on captures and on reports, and classify takes the models', () => {
  const reports = join(folder, 'reports.ndjson')
  writeFileSync(reports, run(['features', capture('stadia', 'e')]))
  const rule = ['--rule', join(folder, 'model/session-rule.json')]
  for (const model of ['cloud-gaming.onnx', 'anomaly.onnx']) {
    const path = join(folder, 'model', model)
    const card = run(['evaluate', '--model', path, ...rule, '--gaming', reports, '--other', capture('upload', 'e')])
    assert.match(card, /\| reports\.ndjson \| cloud gaming \| \d+\/\d+/)
    assert.match(card, /- sessions: recall/)
    const classified = run(['classify', '--model', path, reports])
    assert.match(classified, /"kind":"classification"/)
  }
})

test('too few sessions, or a file that is not there, is a clear error', () => {
  const few = ['--gaming', capture('stadia', 'a'), '--other', capture('upload', 'a'), '--only-given']
  const { status, stderr } = spawnSync(process.execPath, [bin, 'train', '--out', join(folder, 'no'), ...few], {
    encoding: 'utf8',
    input: '',
  })
  assert.equal(status, 2)
  assert.match(stderr, /TOO_FEW/)
  const missing = ['--gaming', join(folder, 'none.pcap'), '--other', join(folder, 'none.pcap')]
  const gone = spawnSync(process.execPath, [bin, 'evaluate', ...missing], { encoding: 'utf8', input: '' })
  assert.equal(gone.status, 2)
  assert.match(gone.stderr, /CANNOT_READ/)
})
