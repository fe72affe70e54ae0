import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function demo(): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    )
  })
}

test('the demo goes from a recorded session to a configuration that was read back', async () => {
  const { code, stdout, stderr } = await demo()
  assert.equal(code, 0, stderr)
  // The lab of the capture: a ring of six with a cross link, the link between r2 and r3 red.
  assert.match(stdout, /6 nodes, 14 directed links/)
  assert.match(stdout, /r2 .*r3 \(10 red\)/)
  // The chain keeps off the red link, and every router has what the plan wants.
  assert.match(stdout, /cloud-gaming {2}r1 → 10\.255\.0\.4, color 100/)
  assert.match(stdout, /Label stack, top first\n\s+17\d{3} {2}anycast-sid .*orange\/cg\/detect/)
  assert.equal(
    stdout.match(/✓ r\d {2}applied, \d+ changes, running has what (the plan wants|this device can be told)/g)?.length,
    6,
  )
  assert.match(stdout, /✓ a second diff, on new sessions, finds no difference/)
  assert.ok(!stdout.includes('\u001b'), 'no colour where there is no terminal')
})
