import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function demo(args: readonly string[] = [], input = ''): Promise<Ended> {
  return run(process.execPath, [MAIN, ...args], input)
}

function run(command: string, args: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 120_000 })
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
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
  // An entry of the plan in each, as the device gives it back.
  assert.equal(
    stdout.match(/✓ r\d .*\n {7}connected-prefix-sid 10\.254\.0\.\d+\/32 flex-algo-128 .*start-sid=1\d+/g)?.length,
    6,
  )
  assert.match(stdout, /✓ a second diff, on new sessions, finds no difference/)
  // The proxies have the plan's labels, and the data plane in WebAssembly does with a packet what the plan says.
  assert.equal(stdout.match(/✓ r[346] {2}applied, \d+ labels?, read back/g)?.length, 3)
  assert.match(
    stdout,
    /r6 +(17\d{3}) (17\d{3}) (17\d{3}) (17\d{3}) +comes in\n +→ veth-check +IP .*\n +→ veth-classify +IP .*\n +→ veth-aggregate +\3 \4 .*\n +→ the next node +\4 +goes out/,
  )
  assert.match(stdout, /✓ every VNF got the packet byte for byte/)
  assert.ok(!stdout.includes('\u001b'), 'no colour where there is no terminal')
})

test('the pipeline that the demo prints does the same, pasted as it stands', async () => {
  const printed = await demo()
  assert.equal(printed.code, 0, printed.stderr)
  const [pasted] = /^npm run -s demo -- [\s\S]*?\nend\n/m.exec(printed.stdout) ?? []
  assert.ok(pasted !== undefined, printed.stdout)
  // npm would set the workspace up once more, under the feet of the other tests.
  const script = pasted.replace('npm run -s demo --', `"${process.execPath}" "${MAIN}"`)
  const { code, stdout, stderr } = await run('sh', ['-c', script])
  assert.equal(code, 0, stderr)
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const results = records.filter((record) => record.kind === 'device-result')
  assert.deepEqual(
    results.map(({ status, verified }) => [status, verified]),
    Array(6).fill(['applied', true]),
  )
  assert.equal(records.at(-1).outcome, 'ok')
})

test('a flag that the demo does not have is an error, and a shell that fails says so', async () => {
  const { code, stderr } = await demo(['--keep'])
  assert.equal(code, 2)
  assert.match(stderr, /--keep/)
  assert.equal((await demo(['--help'])).code, 0)
  assert.equal((await demo(['--shell'], 'exit 7')).code, 7)
})

test('a demo that is interrupted while it applies leaves nothing behind, and the next one works', async (t) => {
  const temporary = mkdtempSync(join(tmpdir(), 'segchain-test-'))
  t.after(() => rmSync(temporary, { recursive: true, force: true }))
  const env = { ...process.env, TMPDIR: temporary, XDG_STATE_HOME: temporary }
  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'], env })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.includes('Applied, and read back')) child.kill(signal)
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    assert.equal(code, expected, stdout)
    assert.deepEqual(readdirSync(temporary), [], signal)
  }
})
