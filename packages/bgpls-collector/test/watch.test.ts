import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Rib } from '../src/rib/rib.js'
import { keysOf } from '../src/watch/run-watch.js'
import { draw } from '../src/watch/screen.js'
import { duration, Watched } from '../src/watch/watched.js'
import { decodeFixture, fixture } from './support/fixtures.js'
import { eventually, freePort, needs, run } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
const CAPTURE = fixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
const ESCAPE = '\u001b'

async function watched(): Promise<Watched> {
  const { topology } = await decodeFixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
  const rib = new Rib()
  const watching = new Watched(rib)
  watching.event({ kind: 'session', id: 'session:r1', peer: 'r1', state: 'up' }, 0)
  for (const event of rib.apply('r1', { announced: topology, withdrawn: [] })) watching.event(event, 0)
  return watching
}

test('the screen shows counts, sessions and nodes by name', async () => {
  const lines = draw((await watched()).picture(120, 24, false, 192_000))
  assert.equal(lines.length, 24)
  assert.equal(lines[0], '1 of 1 sessions up, 6 nodes, 32 links, 40 prefixes')
  assert.match(lines[3] ?? '', /^r1 +up +3m12s +78$/)
  assert.match(lines[7] ?? '', /^r1 +0000\.0000\.0001 +isis-l1 +16000-23999 +8 +10\.255\.0\.1$/)
})

test('no line is wider than the terminal, and there are never more lines than it has, whatever its size', async () => {
  const watching = await watched()
  for (const [columns, rows] of [
    [1, 1],
    [10, 3],
    [40, 9],
    [200, 60],
  ] as const) {
    for (let view = 0; view < 3; view++) {
      const lines = draw(watching.picture(columns, rows, false, 0))
      assert.ok(lines.length <= rows)
      for (const line of lines) assert.ok([...line].length <= columns, `${columns}: ${line}`)
      watching.nextView()
    }
  }
})

test('without colour there is no control sequence; with it what changed is green until it is old', async () => {
  const watching = await watched()
  assert.ok(
    !draw(watching.picture(80, 24, false, 100))
      .join('')
      .includes(ESCAPE),
  )
  assert.ok(
    draw(watching.picture(80, 24, true, 100))
      .join('')
      .includes(`${ESCAPE}[32m`),
  )
  assert.ok(
    !draw(watching.picture(80, 24, true, 10_000))
      .join('')
      .includes(`${ESCAPE}[32m`),
  )
})

test('a name that a router has chosen cannot move the cursor', () => {
  const rib = new Rib()
  const watching = new Watched(rib)
  const node = {
    kind: 'node',
    id: 'isis-l2:0:1:0000.0000.0001',
    protocol: 'isis-l2',
    instanceId: '0',
    name: `${ESCAPE}[2Jr1\u202e`,
  } as const
  for (const event of rib.apply('peer', { announced: [node], withdrawn: [] })) watching.event(event, 0)
  const text = draw(watching.picture(80, 24, false, 0)).join('\n')
  assert.ok(!text.includes(ESCAPE) && !text.includes('\u202e'))
  assert.match(text, /\[2Jr1/)
})

test('scrolling stops at both ends, and a withdrawn object is gone', async () => {
  const watching = await watched()
  watching.scroll(1000)
  assert.equal(watching.picture(80, 12, false, 0).offset, 2)
  watching.scroll(-1000)
  assert.equal(watching.picture(80, 12, false, 0).offset, 0)
})

test('a session that is down says why and since when', () => {
  const watching = new Watched(new Rib())
  watching.failed('10.0.0.1:179', 'the connection was refused', 0)
  assert.match(
    draw(watching.picture(80, 24, false, 60_000))[3] ?? '',
    /^10\.0\.0\.1:179 +connecting +1m00s +0 +the connection was refused$/,
  )
  assert.equal(duration(7_500_000), '2h05m')
})

test('keys: arrows, pages, tab and q, also when several come at once', () => {
  assert.deepEqual(keysOf(`${ESCAPE}[B${ESCAPE}[5~\tjq`), [1, -10, 'view', 1, 'quit'])
  assert.deepEqual(keysOf('\u0003'), ['quit'])
  assert.deepEqual(keysOf(`${ESCAPE}[1;5C`), [])
})

test('without a terminal watch is a usage error that names the other command', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'watch'], { encoding: 'utf8' })
  assert.equal(status, 2)
  assert.equal(stdout, '')
  assert.match(stderr, /collect --follow/)
})

test('on a terminal watch draws the topology of a live session, and q ends it with exit code 0', async (t) => {
  if (!needs(t, 'script')) return
  const endpoint = `127.0.0.1:${await freePort()}`
  run(t, process.execPath, [bin, 'replay', CAPTURE, '--listen', endpoint])
  const command = `${process.execPath} ${bin} watch --peer ${endpoint} --connect-retry 0.3`
  const child = spawn('script', ['-qec', command, '/dev/null'], { env: { ...process.env, TERM: 'xterm' } })
  t.after(() => child.kill('SIGKILL'))
  let screen = ''
  child.stdout.on('data', (chunk) => {
    screen += chunk
  })
  await eventually(60, () => (screen.includes('6 nodes, 32 links') ? true : undefined))
  child.stdin.write('q')
  const code = await new Promise((resolve) => child.once('exit', resolve))
  assert.equal(code, 0)
  // The screen of before is back, with its cursor.
  assert.ok(screen.trimEnd().endsWith(`${ESCAPE}[?25h${ESCAPE}[?1049l`))
})
