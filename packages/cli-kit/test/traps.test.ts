// Each of these fails with oclif's defaults (@oclif/core 4.14); cli-kit's README has the table.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { BIN, run, shell } from './support/run.js'

const HEADER = '{"kind":"header","schema":"segchain.topology/1","tool":"t","version":"1"}\n'
const session = (i: number): string => `{"kind":"session","id":"session:${i}","peer":"127.0.0.1","state":"up"}\n`
const INPUT = `${HEADER}${[1, 2, 3, 4, 5].map(session).join('')}{"kind":"sync","id":"sync","reason":"quiet"}\n`

test('a producer that begins two seconds late loses no line', async () => {
  const result = await run(['copy'], { input: INPUT, inputAfterMs: 2000 })
  assert.equal(result.code, 0)
  assert.equal(result.stdout.match(/"kind":"session"/g)?.length, 5)
})

test('a missing positional argument is not filled from stdin', async () => {
  const result = await run(['copy'], { input: INPUT })
  assert.equal(result.stdout.match(/"kind":"session"/g)?.length, 5)
  const dash = await run(['copy', '-'], { input: INPUT })
  assert.equal(dash.stdout, result.stdout)
})

test('a slow reader gets all of 20 MB although the tool ends with exit 1', async () => {
  const result = await shell(
    `tool produce --count 20000 --bytes 1000 --exit 1 2>/dev/null | (sleep 1; while read -r line; do echo "$line"; [ $((++n % 5000)) = 0 ] && sleep 0.2; done | wc -l); echo "\${PIPESTATUS[0]}"`,
  )
  assert.deepEqual(result.stdout.trim().split(/\s+/), ['20002', '1'])
})

test('`| head -1` ends an endless producer within a second, with exit 0', async () => {
  const result = await shell(`tool produce --forever 2>/dev/null | head -1; echo "\${PIPESTATUS[0]}"`)
  const [header, code] = result.stdout.trim().split('\n')
  assert.match(header ?? '', /"kind":"header"/)
  assert.equal(code, '0')
  assert.ok(result.durationMs < 10_000, 'it would have run for ever')
})

test('`| head -1` ends a tool that has nothing more to write', async (t) => {
  if (process.platform !== 'linux') return t.skip('elsewhere the next write tells')
  const result = await shell(`tool fail wait --header 2>/dev/null | head -1; echo "\${PIPESTATUS[0]}"`)
  assert.equal(result.stdout.trim().split('\n')[1], '0', 'it would have waited for a signal')
})

test('a full disk is an error without a stack trace, and exit 2', async (t) => {
  if (process.platform !== 'linux') return t.skip('there is no /dev/full here')
  const result = await shell('tool produce --count 3 >/dev/full')
  assert.equal(result.code, 2)
  assert.match(result.stderr, /CANNOT_WRITE/)
  assert.doesNotMatch(result.stderr, /\n\s+at /)
})

test('an exit code of 1 is 1, with JSON output too', async () => {
  for (const format of ['ndjson', 'json', 'yaml', 'table', 'wide']) {
    assert.equal((await run(['produce', '--exit', '1', '-o', format])).code, 1)
  }
})

test('stdout is valid NDJSON when stderr is closed', async () => {
  const result = await shell('tool produce --count 3 2>&-')
  assert.equal(result.code, 0)
  const kinds = result.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).kind)
  assert.deepEqual(kinds, ['header', 'session', 'session', 'session', 'summary'])
})

test('no log line reaches stdout', async () => {
  const result = await run(['produce', '--secret'])
  for (const line of result.stdout.trim().split('\n')) JSON.parse(line)
  assert.match(result.stderr, /written count=1/)
})

test('on a terminal without input there is help and an error, exit 2, and no silent hang', async (t) => {
  if (process.platform !== 'linux') return t.skip('script(1) takes other arguments here')
  const result = await shell(`script -qec '"${process.execPath}" "${BIN}" copy' /dev/null </dev/null`)
  assert.match(result.stdout, /USAGE.*NO_INPUT/s)
  assert.equal(result.code, 2)
})

test('the memory of a producer stays bounded while the reader sleeps', async (t) => {
  if (process.platform !== 'linux') return t.skip('reads /proc')
  const child = spawn(process.execPath, [BIN, 'produce', '--count', '400000', '--bytes', '1000'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await setTimeout(2000)
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  const kilobytes = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1])
  let bytes = 0
  for await (const chunk of child.stdout) bytes += chunk.length
  assert.ok(kilobytes < 130_000, `400 MB came from a process of ${kilobytes} kB`)
  assert.ok(bytes > 400_000_000)
})
