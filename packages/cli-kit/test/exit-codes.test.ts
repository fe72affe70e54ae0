import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from './support/run.js'

const CATEGORIES = { usage: 2, targets: 3, data: 4, connect: 5, rejected: 6, stale: 7, internal: 70 }

for (const [category, code] of Object.entries(CATEGORIES)) {
  test(`an error of category ${category} ends with exit ${code}, its place and its hint on stderr`, async () => {
    const result = await run(['fail', category])
    assert.equal(result.code, code)
    assert.equal(result.stdout, '')
    assert.match(result.stderr, /r1: a\.yaml:7: .* \[ASKED_FOR\]\n {2}hint: ask for something else\n$/)
  })
}

test('a defect ends with exit 70 and asks for a report, without a stack trace', async () => {
  const result = await run(['fail', 'defect'])
  assert.equal(result.code, 70)
  assert.match(result.stderr, /x is not a function \[INTERNAL\]\n {2}hint: this is a defect/)
  assert.doesNotMatch(result.stderr, /\n\s+at /)
})

for (const args of [['produce', '--bogus'], ['nope'], ['fail'], ['produce', '--count', 'many'], []]) {
  test(`a usage error ends with exit 2: ${JSON.stringify(args)}`, async () => {
    assert.equal((await run(args)).code, 2)
  })
}

test('an argument that a command does not take is named, instead of a command that does not exist', async () => {
  const extra = await run(['produce', 'stadia'])
  assert.equal(extra.code, 2)
  assert.match(extra.stderr, /Unexpected argument: stadia\b/)
  assert.doesNotMatch(extra.stderr, /there is no command/)
  const unknown = await run(['nope', 'stadia'])
  assert.match(unknown.stderr, /there is no command "nope" \[UNKNOWN_COMMAND\]/)
  assert.match(unknown.stderr, /\bconfig show\b/)
  const wrong = await run(['produce', '--count', 'many'])
  assert.match(wrong.stderr, /error: --count: Expected an integer but received: many \[USAGE\]/)
})

test('--help and --version of the tool and of each command end with exit 0', async () => {
  for (const args of [
    ['--help'],
    ['--version'],
    ['produce', '--help'],
    ['copy', '--help'],
    ['help', 'copy'].slice(1).concat('--help'),
  ]) {
    const result = await run(args)
    assert.equal(result.code, 0, args.join(' '))
    assert.notEqual(result.stdout, '')
  }
})

test('a help page begins with examples', async () => {
  const { stdout } = await run(['produce', '--help'])
  assert.ok(stdout.indexOf('EXAMPLES') < stdout.indexOf('USAGE'))
})

test('a secret in a message is redacted on stderr, as text and as JSON', async () => {
  const text = await run(['fail', 'data'])
  const json = await run(['fail', 'data', '--log-format', 'json'])
  assert.doesNotMatch(text.stderr + json.stderr, /hunter2/)
  const entry = JSON.parse(json.stderr)
  assert.equal(entry.code, 'ASKED_FOR')
  assert.equal(entry.level, 'error')
  assert.equal(entry.device, 'r1')
  assert.equal(entry.hint, 'ask for something else')
})

test('SIGTERM ends a waiting command with 143, SIGINT with 130', async () => {
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    const result = await run(['fail', 'wait'], { signal })
    assert.equal(result.code, code)
  }
})

test('what fails or is interrupted after the header says so in a summary, so that nobody must read `$?`', async () => {
  const last = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  const failed = await run(['fail', 'connect', '--header'])
  assert.deepEqual(last(failed.stdout), {
    kind: 'summary',
    id: 'summary',
    outcome: 'failed',
    exitCode: 5,
    counts: { session: 1 },
  })
  const interrupted = await run(['fail', 'wait', '--header'], { signal: 'SIGTERM' })
  assert.equal(last(interrupted.stdout).outcome, 'interrupted')
  assert.equal(last(interrupted.stdout).exitCode, 143)
  assert.equal(interrupted.code, 143)
})
