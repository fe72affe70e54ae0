import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { run } from './support/run.js'

const folder = mkdtempSync(join(tmpdir(), 'segchain-settings-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function settings(text: string): { readonly SEGCHAIN_CONFIG: string } {
  const path = join(folder, `${++files}.yaml`)
  writeFileSync(path, text)
  return { SEGCHAIN_CONFIG: path }
}

/** How many records `produce` wrote. */
async function produced(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const { code, stdout, stderr } = await run(['produce', ...args], { environment })
  assert.equal(code, 0, stderr)
  return stdout.split('\n').filter((line) => line.includes('"kind":"session"')).length
}

describe('what a flag is set to', () => {
  test('a flag counts before the environment, that before the file, that before the default', async () => {
    const file = settings('fixture-tool: {count: 3}')
    assert.equal(await produced(['--count', '5'], { ...file, FIXTURE_TOOL_COUNT: '4' }), 5)
    assert.equal(await produced([], { ...file, FIXTURE_TOOL_COUNT: '4' }), 4)
    assert.equal(await produced([], file), 3)
    assert.equal(await produced([], {}), 1)
  })

  test('an empty variable says nothing', async () => {
    assert.equal(await produced([], { FIXTURE_TOOL_COUNT: '' }), 1)
  })

  test('what is said of a command is nearer than what is said of the tool, and that nearer than of all tools', async () => {
    assert.equal(await produced([], settings('common: {count: 6}\nfixture-tool: {count: 2, produce: {count: 3}}')), 3)
    assert.equal(
      await produced([], settings('common: {count: 6}\nfixture-tool: {count: 2}\nother-tool: {count: 7}')),
      2,
    )
    assert.equal(await produced([], settings('common: {count: 6}')), 6)
  })

  test('every command understands SEGCHAIN_LOG_FORMAT, also where it is not reached', async () => {
    const { stderr } = await run(['no-such-command'], { environment: { SEGCHAIN_LOG_FORMAT: 'json' } })
    assert.equal(JSON.parse(stderr).code, 'UNKNOWN_COMMAND')
  })

  test('a file that is not there is an error where it is named, and none where it is not', async () => {
    const named = await run(['produce'], { environment: { SEGCHAIN_CONFIG: join(folder, 'none.yaml') } })
    assert.deepEqual([named.code, named.stdout], [2, ''])
    assert.match(named.stderr, /none\.yaml/)
    assert.equal(await produced([], { SEGCHAIN_CONFIG: undefined, XDG_CONFIG_HOME: folder }), 1)
  })

  const wrong: readonly [string, string, RegExp][] = [
    ['a flag that no command has', 'fixture-tool:\n  cuont: 3', /:2: no command|:2: fixture-tool has no flag --cuont/],
    [
      'a flag that this command does not have',
      'fixture-tool:\n  copy: {count: 3}',
      /:2: fixture-tool copy has no flag --count/,
    ],
    [
      'a command that the tool does not have',
      'fixture-tool:\n  prodcue: {count: 3}',
      /:2: fixture-tool has no command "prodcue"/,
    ],
    ['a value that the flag does not take', 'fixture-tool:\n  count: many', /integer.*\n.*set by .*:2 \(--count\)/s],
    ['a list for a flag with one value', 'fixture-tool:\n  count: [1, 2]', /:2: --count takes one value/],
    ['a map of maps', 'fixture-tool:\n  produce:\n    count: {a: 1}', /:3: count must be a value/],
    ['no map', '- fixture-tool', /:1: the file must be a map/],
    ['no YAML', 'fixture-tool: {count: 3', /:1: /],
    ['a key twice', 'fixture-tool: {count: 3}\nfixture-tool: {count: 4}', /:2: /],
  ]
  for (const [what, text, message] of wrong) {
    test(`${what} in the file is a usage error with its line`, async () => {
      const { code, stdout, stderr } = await run(['produce'], { environment: settings(text) })
      assert.deepEqual([code, stdout], [2, ''], stderr)
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, /\n\s+at /)
    })
  }

  test('a file that anybody can write is not trusted: it says which host keys are', async () => {
    const file = settings('fixture-tool: {count: 3}')
    chmodSync(file.SEGCHAIN_CONFIG, 0o666)
    const { code, stderr } = await run(['produce'], { environment: file })
    assert.equal(code, 2)
    assert.match(stderr, /SETTINGS_NOT_OURS.*chmod o-w/s)
  })

  test('a flag that counts on the command line only is refused elsewhere', async () => {
    for (const environment of [{ FIXTURE_TOOL_FOREVER: 'true' }, settings('fixture-tool: {forever: true}')]) {
      const { code, stderr } = await run(['produce'], { environment })
      assert.equal(code, 2)
      assert.match(stderr, /sets --forever, which counts on the command line only/)
    }
  })
})

describe('config show', () => {
  test('says what is set and where, and with a command also its defaults', async () => {
    const environment = { ...settings('common:\n  log-level: warn'), FIXTURE_TOOL_COUNT: '4' }
    const shown = await run(['config', 'show', 'produce', '--origin'], { environment })
    const records = shown.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const of = (flag: string) => records.find((record) => record.flag === flag)
    assert.deepEqual(
      [of('count').values, of('count').origin, of('count').place],
      [['4'], 'environment', 'FIXTURE_TOOL_COUNT'],
    )
    assert.deepEqual([of('log-level').values, of('log-level').origin], [['warn'], 'file'])
    assert.match(of('log-level').place, /\.yaml:2$/)
    assert.deepEqual([of('on-error').values, of('on-error').origin], [['fail'], 'default'])
    const set = await run(['config', 'show'], { environment })
    assert.doesNotMatch(set.stdout, /default|origin|on-error/)
    assert.equal((await run(['config', 'show', 'nope'])).code, 2)
  })
})

describe('doctor', () => {
  test('tells what is there, what is missing and what nobody could find out, and ends with 2', async () => {
    const { code, stdout, stderr } = await run(['doctor'])
    assert.equal(code, 2, stderr)
    const checks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((record) => record.kind === 'check')
    assert.deepEqual(
      checks.map(({ id, outcome }) => `${id} ${outcome}`),
      ['node ok', 'settings ok', 'light ok', 'bread missing', 'future untested'],
    )
    assert.deepEqual([checks[3].hint, checks[4].detail], ['bake some', 'nobody knows'])
  })
})
