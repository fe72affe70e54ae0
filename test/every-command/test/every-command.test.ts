import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { streams } from '@segchain/records'
import { loadTools, run, type Tool } from '../src/tools.js'

const tools = await loadTools()
/** oclif and what it brings are some hundred files; each more is a millisecond before a person reads anything. */
const MOST_FILES_FOR_HELP = 130

test('the tools are there', () => {
  assert.ok(tools.length > 0)
  for (const tool of tools) assert.ok(tool.commands.size > 0, tool.name)
})

for (const tool of tools) {
  test(`${tool.name}: no argument and no flag is taken from stdin`, () => {
    for (const [name, command] of tool.commands) {
      for (const [argument, { ignoreStdin }] of Object.entries(command.args ?? {})) {
        assert.equal(ignoreStdin, true, `${tool.name} ${name}: ${argument}`)
      }
      for (const [flag, { allowStdin }] of Object.entries(command.flags ?? {})) {
        assert.ok(!allowStdin, `${tool.name} ${name}: --${flag}`)
      }
    }
  })

  test(`${tool.name}: every command says what it does, what it writes, and shows it in a pipe`, () => {
    for (const [name, command] of tool.commands) {
      const where = `${tool.name} ${name}`
      assert.ok(command.summary, where)
      assert.ok(command.schema !== undefined && command.schema in streams, `${where}: ${command.schema}`)
      assert.ok(
        command.examples?.some((example) => /[|<>]/.test(example)),
        `${where} has no example with a pipe`,
      )
    }
  })

  test(`${tool.name}: --help and --version end with 0, an unknown flag and no command with 2`, async () => {
    for (const args of [['--help'], ['--version']]) {
      const { code, stdout, stderr } = await run(tool, args)
      assert.deepEqual([code, stderr], [0, ''], args.join(' '))
      assert.notEqual(stdout, '')
    }
    assert.equal((await run(tool, [])).code, 2)
    for (const name of tool.commands.keys()) {
      const words = name.split(' ')
      const help = await run(tool, [...words, '--help'])
      assert.equal(help.code, 0, `${name} --help`)
      assert.ok(help.stdout.indexOf('EXAMPLES') < help.stdout.indexOf('USAGE'), `${name}: examples come first`)
      const unknown = await run(tool, [...words, '--no-such-flag'])
      assert.equal(unknown.code, 2, `${name} --no-such-flag: ${unknown.stderr}`)
      assert.equal(unknown.stdout, '', `${name}: talk is for stderr`)
      assert.match(unknown.stderr, /no-such-flag/)
      // What it is told to do it cannot; but talk must go nowhere else when stderr is closed.
      const silent = await run(tool, [...words, '--no-such-flag'], {}, 'closed')
      assert.deepEqual([silent.code, silent.stdout], [2, ''], `${name} without stderr`)
    }
  })

  test(`${tool.name}: its page begins with examples, and a shell completes every command`, async () => {
    const page = (await run(tool, ['--help'])).stdout
    assert.ok(page.includes('EXAMPLES') && page.indexOf('EXAMPLES') < page.indexOf('USAGE'), page)
    const script = (await run(tool, ['completion', 'bash'])).stdout
    const call = `COMP_WORDS=(${tool.name} ''); COMP_CWORD=1; _${tool.name.replaceAll('-', '_')}; echo "\${COMPREPLY[*]}"`
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${script}\n${call}`], { encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''])
    assert.deepEqual(
      new Set(stdout.trim().split(' ')),
      new Set([...tool.commands.keys()].map((name) => name.split(' ')[0])),
    )
    assert.equal((await run(tool, ['completion', 'no-such-shell'])).code, 2)
  })

  test(`${tool.name}: --help loads nothing of the tool but its manifest`, async () => {
    const files = await loadedFor(tool, ['--help'])
    const own = files.filter((file) => /[/]packages[/](?!cli-kit|records)[^/]+[/]dist[/]/.test(file))
    assert.deepEqual(own, [])
    assert.ok(files.length <= MOST_FILES_FOR_HELP, `${files.length} files`)
  })
}

/** Node's own list of what it has loaded: the coverage that it writes at the end. */
async function loadedFor(tool: Tool, args: readonly string[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-loaded-'))
  try {
    await run(tool, args, { NODE_V8_COVERAGE: folder })
    const [file] = readdirSync(folder)
    assert.ok(file !== undefined)
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
