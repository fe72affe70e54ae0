import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SegchainError } from '@segchain/records'
import fc from 'fast-check'
import { parseLock } from '../src/index.js'
import { compileFiles, exampleFiles } from './support/lab.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 150)
const srv6 = {
  'network.yaml': `${exampleFiles().find((file) => file.file === 'network.yaml')?.text}  srv6: { blocks: {"0": "fcbb:bb00::/32", "128": "fcbb:bb01::/32"} }\n`,
  'chain.yaml': `${exampleFiles().find((file) => file.file === 'chain.yaml')?.text}  dataPlane: srv6\n`,
  'devices.yaml': (exampleFiles().find((file) => file.file === 'devices.yaml')?.text ?? '').replaceAll(
    'dialect: ietf',
    'srv6: true',
  ),
}
const files = [...exampleFiles(), ...exampleFiles(srv6)]
const lines = files.flatMap((file) => file.text.split('\n'))

/** A file of the example with lines replaced, doubled, cut or swapped for lines of other files. */
const mangled = fc
  .record({
    file: fc.constantFrom(...files),
    edits: fc.array(
      fc.record({
        at: fc.nat(30),
        remove: fc.nat(2),
        insert: fc.oneof(
          fc.constantFrom(...lines),
          fc.string(),
          fc.constantFrom(
            '&a [*a]',
            '? {}',
            '__proto__: 1',
            '  dataPlane: auto',
            '  srv6: { blocks: { "0": "::/0" }, nodeBits: 32, csid: none }',
            '- - -',
            '!!js/x 1',
            '.nan',
            '---',
          ),
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ file, edits }) => {
    const text = file.text.split('\n')
    for (const { at, remove, insert } of edits) text.splice(at, remove, insert)
    return { file: file.file, text: text.join('\n') }
  })

test('whatever the YAML, there is a plan or there are errors of ours', () => {
  fc.assert(
    fc.property(mangled, fc.boolean(), ({ file, text }, onSrv6) => {
      const { plan, errors } = compileFiles(exampleFiles({ ...(onSrv6 ? srv6 : {}), [file]: text }))
      assert.equal(plan === undefined, errors.length > 0)
      for (const error of errors) {
        assert.ok(error instanceof SegchainError)
        assert.equal(error.category, 'data')
      }
    }),
    { numRuns },
  )
})

test('text that is no YAML, and a lock file of any text, are never more than errors', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
      compileFiles([{ file: 'x.yaml', text }])
      parseLock(text)
    }),
    { numRuns },
  )
})

test('aliases that multiply and nesting without end are errors, soon', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}\n`
  const deep = '['.repeat(50_000)
  for (const text of [bomb, deep]) {
    const { errors } = compileFiles([{ file: 'x.yaml', text }])
    assert.ok(errors.length > 0)
  }
})
