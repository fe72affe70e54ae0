import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const helper = fileURLToPath(new URL('../../helper/', import.meta.url))

test('the helpers that ship are what clang makes of their source, byte for byte', (t) => {
  const version = /clang version (\d+)/.exec(spawnSync('clang', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]
  const linker = spawnSync('sh', ['-c', 'command -v ld.lld || command -v ld.lld-14']).status === 0
  if (version !== '14' || !linker) {
    if (process.env.SEGCHAIN_REQUIRE_PEERS === '1')
      throw new Error(`clang 14 and lld are required; clang is ${version}`)
    t.skip('clang 14 and lld, of Debian 12, are not installed: npm run peers')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'segchain-helper-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const built = spawnSync('sh', [join(helper, 'build.sh'), folder], { encoding: 'utf8' })
  assert.equal(built.status, 0, built.stderr)
  for (const machine of ['linux-x64', 'linux-arm64']) {
    const ours = readFileSync(join(helper, 'prebuilt', machine, 'sr-proxy-bpf'))
    assert.ok(ours.equals(readFileSync(join(folder, machine, 'sr-proxy-bpf'))), `${machine}: run helper/build.sh`)
  }
})
