import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { needsClang } from './native-tools.js'

const bpf = fileURLToPath(new URL('../../bpf/', import.meta.url))

test('the compiled objects that ship are what clang makes of the sources, byte for byte', (t) => {
  if (!needsClang(t)) return
  const out = mkdtempSync(join(tmpdir(), 'sr-proxy-objects-'))
  try {
    const { status, stderr } = spawnSync('sh', [join(bpf, 'build.sh'), out], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    for (const name of ['sr-proxy.o', 'sr-proxy.wasm']) {
      const same = readFileSync(join(out, name)).equals(readFileSync(join(bpf, 'objects', name)))
      assert.ok(same, `bpf/objects/${name} is not what bpf/build.sh makes: run it and commit the result`)
    }
  } finally {
    rmSync(out, { recursive: true })
  }
})

test('the native build stands a short fuzzing: nothing out of bounds, no labels of another chain', (t) => {
  const seconds = process.env.SEGCHAIN_FUZZ_SECONDS
  if (seconds === undefined && process.env.SEGCHAIN_REQUIRE_PEERS !== '1') {
    t.skip('half a minute of compiling: SEGCHAIN_FUZZ_SECONDS=10 npm test -- sr-proxy/dist/test/objects')
    return
  }
  if (!needsClang(t)) return
  const { status, stderr } = spawnSync('sh', [join(bpf, 'fuzz.sh'), seconds ?? '5'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr.slice(-4000))
  assert.match(stderr, /Done \d+ runs/)
})
