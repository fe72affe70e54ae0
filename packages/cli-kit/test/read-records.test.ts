import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SegchainError } from '@segchain/records'
import fc from 'fast-check'
import { splitLines } from '../src/ndjson/lines.js'
import { readRecords } from '../src/ndjson/read-records.js'
import { run } from './support/run.js'

const HEADER = '{"kind":"header","schema":"segchain.topology/1","tool":"t","version":"1"}'
const SYNC = '{"kind":"sync","id":"sync","reason":"end-of-rib"}'
const SESSION = '{"kind":"session","id":"s","peer":"127.0.0.1","state":"up"}'

async function* chunks(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text
}

async function read(...texts: (string | Uint8Array)[]): Promise<string[]> {
  const kinds: string[] = []
  for await (const record of readRecords(chunks(...texts), { schema: 'segchain.topology/1', name: 'stdin' })) {
    kinds.push(record.kind)
  }
  return kinds
}

const code = (expected: string, line?: number) => (error: unknown) => {
  assert.ok(error instanceof SegchainError)
  assert.equal(error.code, expected)
  assert.equal(error.category, 'data')
  if (line !== undefined) assert.equal(error.where.line, line)
  return true
}

test('records come in order, whatever the chunks, with or without a last newline', async () => {
  const text = `${HEADER}\n\n${SESSION}\n${SYNC}`
  assert.deepEqual(await read(text), ['header', 'session', 'sync'])
  assert.deepEqual(await read(...[...text].map(String)), ['header', 'session', 'sync'])
})

test('a line that is not JSON is an error with its number, empty lines counted', async () => {
  await assert.rejects(read(`${HEADER}\n\n${SESSION}\nhello\n`), code('NOT_JSON', 4))
})

test('a stream without header, of another schema, or of a later major version is refused', async () => {
  await assert.rejects(read(`${SESSION}\n`), code('HEADER_MISSING', 1))
  await assert.rejects(read(HEADER.replace('topology/1', 'plan/1')), code('SCHEMA_MISMATCH'))
  await assert.rejects(read(HEADER.replace('topology/1', 'topology/2')), code('SCHEMA_VERSION'))
})

test('an unknown field passes (a minor version adds them), an unknown kind does not', async () => {
  const newer = SESSION.replace('"id"', '"new":1,"id"')
  assert.deepEqual(await read(`${HEADER}\n${newer}\n${SYNC}`), ['header', 'session', 'sync'])
  await assert.rejects(read(`${HEADER}\n${SESSION.replace('"session"', '"lesson"')}`), code('RECORD_KIND', 2))
  await assert.rejects(read(`${HEADER}\n{"kind":"__proto__"}`), code('RECORD_KIND', 2))
})

test('what a failed tool has written is refused at its end', async () => {
  const failed = '{"kind":"summary","id":"summary","outcome":"failed","exitCode":5,"counts":{}}'
  await assert.rejects(read(`${HEADER}\n${SESSION}\n${failed}\n`), code('INPUT_FAILED', 3))
})

test('a state that was cut off is refused; a follower that was told to stop after its sync is whole', async () => {
  const interrupted = '{"kind":"summary","id":"summary","outcome":"interrupted","exitCode":130,"counts":{}}'
  await assert.rejects(read(`${HEADER}\n${SESSION}\n`), code('INPUT_CUT_OFF', 2))
  await assert.rejects(read(`${HEADER}\n${SESSION}\n${interrupted}\n`), code('INPUT_FAILED', 3))
  assert.equal((await read(`${HEADER}\n${SYNC}\n${SESSION}\n${interrupted}\n`)).length, 4)
})

test('a record that breaks its schema says where', async () => {
  await assert.rejects(read(`${HEADER}\n${SESSION.replace('"up"', '"sideways"')}`), (error) => {
    assert.ok(error instanceof SegchainError)
    assert.equal(error.where.path, '/state')
    return true
  })
})

test('nothing, bytes that are no UTF-8, and a line without end are errors of their own', async () => {
  await assert.rejects(read(), code('INPUT_EMPTY'))
  await assert.rejects(read(Uint8Array.of(0xff, 0xfe, 0x0a)), code('NOT_UTF8', 1))
  const endless = async () => {
    for await (const _ of splitLines(chunks(...Array(20).fill('x'.repeat(100))), 1000)) assert.fail('no line has ended')
  }
  await assert.rejects(endless(), code('LINE_TOO_LONG', 1))
})

test('--on-error=skip goes on and counts, tag keeps the line as an error record, fail stops with exit 4', async () => {
  const input = `${HEADER}\n${SESSION}\nnot json\n${SESSION}\n${SYNC}\n`
  // A tool that passes records on as they come, and one that reads everything before it opens its output.
  for (const command of [['copy'], ['copy', '--first']]) {
    const records = ({ stdout }: { stdout: string }) =>
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    const skip = await run([...command, '--on-error=skip'], { input })
    assert.equal(skip.code, 0)
    assert.equal(records(skip).at(-1).counts.badLines, 1)
    assert.match(skip.stderr, /stdin:3: not JSON/)
    const tagged = records(await run([...command, '--on-error=tag'], { input }))
    const error = tagged.find((record) => record.kind === 'error')
    assert.equal(error.error.line, 3)
    assert.equal(error.input, 'not json')
    assert.equal(tagged.at(-1).counts.badLines, 1)
    assert.equal((await run(command, { input })).code, 4)
  }
})

test('whatever bytes come, the reader throws nothing but our error', async () => {
  const runs = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)
  const line = fc.oneof(fc.constant(HEADER), fc.constant(SESSION), fc.json(), fc.string(), fc.constant('\n'))
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.uint8Array(), async (lines, tail) => {
      try {
        await read(lines.join('\n'), tail)
      } catch (error) {
        assert.ok(error instanceof SegchainError)
      }
    }),
    { numRuns: runs },
  )
})
