import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { classificationFromWire, classificationOf, classificationWire } from '../src/classify/classification.js'
import { fromWire } from '../src/report/wire.js'

const report = (rest: readonly unknown[] = []) =>
  fromWire(['10.0.0.1', 1, 'fe80::2', 2, [2, 10, 0, 5, 0], [0, 0, 0, 0, 0], ...rest])

test('a classification goes over the wire as it is, whatever the session is called', () => {
  for (const rest of [[], [7], [null, null, null, 6], [7, 'a "quoted" session,\n[é]', '1700000000000000000']]) {
    const sent = classificationOf(report(rest), 0.123456789, 0.1)
    assert.deepEqual(classificationFromWire(JSON.parse(classificationWire(report(rest), 0.123456789, 0.1))), sent)
    assert.equal(sent.score, 0.123457)
    assert.equal(sent.class, 'cloud-gaming')
  }
})

test('the datagram is one line, so that several fit in one', () => {
  assert.doesNotMatch(classificationWire(report([7, 'two\nlines']), 0.5, 0.5), /\n/)
})

const bad: [string, unknown][] = [
  ['an address in a list', [['10.0.0.1'], 1, '10.0.0.2', 2, 1, 0.5]],
  ['a zone', ['fe80::1%eth0', 1, 'fe80::2', 2, 1, 0.5]],
  ['a port too large', ['10.0.0.1', 65_536, '10.0.0.2', 2, 1, 0.5]],
  ['another label', ['10.0.0.1', 1, '10.0.0.2', 2, 2, 0.5]],
  ['no score, as of a model that answers NaN', ['10.0.0.1', 1, '10.0.0.2', 2, 1, null]],
  ['a score above 1', ['10.0.0.1', 1, '10.0.0.2', 2, 1, 1.5]],
]
for (const [what, value] of bad) {
  test(`a classification with ${what} is refused`, () => {
    assert.throws(() => classificationFromWire(value), { category: 'data', code: 'CLASSIFICATION_FORMAT' })
  })
}

test('no JSON value makes the reader of classifications fail otherwise', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        classificationFromWire(value)
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'CLASSIFICATION_FORMAT')
      }
    }),
    { numRuns: Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 500) },
  )
})
