import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { installPacked } from '../src/packed.js'
import { loadTools, root } from '../src/tools.js'

const folder = mkdtempSync(join(tmpdir(), 'segchain-packed-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const programs = installPacked(folder)

function run(tool: string, args: readonly string[], input: string | Buffer = ''): Buffer {
  const program = programs.get(tool)
  assert.ok(program !== undefined, tool)
  return execFileSync(process.execPath, [program, ...args], {
    ...{ input, cwd: folder, timeout: 120_000, maxBuffer: 2 ** 26, stdio: ['pipe', 'pipe', 'pipe'] },
  })
}

test('an archive has the README, the licence and the built code, and no tests', () => {
  for (const name of readdirSync(folder)) {
    const files = readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
    const own = files.filter((file) => !file.startsWith('node_modules'))
    for (const needed of ['README.md', 'LICENSE', 'package.json']) assert.ok(own.includes(needed), `${name}: ${needed}`)
    assert.ok(
      own.some((file) => file.startsWith('dist/') && file.endsWith('.d.ts')),
      name,
    )
    assert.deepEqual(
      own.filter((file) => /\.test\.|tsbuildinfo|(^|\/)test\//.test(file)),
      [],
      name,
    )
  }
})

test('every command of every tool starts from the files of its archive and its declared dependencies', async () => {
  const tools = await loadTools()
  assert.deepEqual(new Set(programs.keys()), new Set(tools.map((tool) => tool.name)))
  for (const { name, commands } of tools) {
    for (const command of commands.keys())
      assert.match(run(name, [...command.split(' '), '--help']).toString(), /USAGE/)
  }
})

test('the tools do their work from their archives', () => {
  const capture = join(root, 'packages/bgpls-collector/test/fixtures/frr-captures/bgpls-frr10.7.1-isis.pcap')
  const topology = run('bgpls-collector', ['decode', capture])
  const plan = run('sr-compiler', ['compile', join(root, 'examples/cloud-gaming')], topology).toString()
  assert.match(plan, /"kind":"sr-policy"/)
  assert.match(plan, /"outcome":"ok"/)
  const packets = run('cg-classifier', ['generate', '--source', 'xcloud', '--seconds', '3'])
  const verdicts = run('cg-classifier', ['classify'], run('cg-classifier', ['features'], packets)).toString()
  assert.match(verdicts, /"outcome":"ok"/)
})
