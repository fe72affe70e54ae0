import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { Random } from '../src/generate/random.js'
import { dropsIn } from '../src/udp/kernel-drops.js'
import { bin, start, stop } from './support/service.js'

const good = (sequence: number) =>
  JSON.stringify(['10.0.0.1', 1, '10.0.0.2', 2, [2, 10, 0, 5, 0], [0, 0, 0, 0, 0], sequence])

const random = new Random('hostile')
const hostile: readonly (string | Buffer)[] = [
  '',
  '\n\n',
  '[',
  '['.repeat(60_000),
  '{"a":'.repeat(10_000),
  Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  Buffer.from(Array.from({ length: 1000 }, () => Math.floor(random.uniform() * 256))),
  good(1).replace('10,0', 'NaN,0'),
  good(1).replace('[2,', '[-2,'),
  good(1).replace('[2,', '[1e999,'),
  '["10.0.0.1",1,"10.0.0.2",2,0,1e999]',
  '{"__proto__":{"polluted":1}}',
  '[1,2,3,4,5,6,7,8,9]',
]

/** Sends one after the other, from an address of the loopback. */
async function send(port: number, from: string, datagrams: readonly (string | Buffer)[]): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, from, resolve))
  for (const datagram of datagrams) {
    await new Promise((resolve) => socket.send(datagram, port, '127.0.0.1', resolve))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  socket.close()
}

for (const name of ['check', 'classify', 'aggregate'] as const) {
  test(`${name} counts hostile datagrams, and goes on`, { timeout: 60_000 }, async (t) => {
    const service = await start(t, [name, '--listen', '0'])
    await send(service.port, '127.0.0.1', hostile)
    const last = name === 'aggregate' ? '["10.0.0.1",1,"10.0.0.2",2,1,0.9,null,null,null]' : good(5)
    await send(service.port, '127.0.0.1', [last])
    await stop(service.child)
    const counts = JSON.parse(service.err().slice(service.err().lastIndexOf('{')))
    const bad = name === 'check' ? counts.format + counts.range : counts.malformed
    // Two line breaks are an empty datagram of lines: nothing to count.
    assert.ok(bad >= hostile.length - 1, service.err())
    const passed = name === 'check' ? counts.passed : name === 'classify' ? counts.classified : counts.sessions
    assert.equal(passed, 1, service.err())
    assert.equal(counts['dropped-by-kernel'] ?? 0, 0)
  })
}

test('replayed numbers, strangers and a flood are dropped and counted; the honest sender passes', {
  timeout: 60_000,
}, async (t) => {
  const args = ['check', '--listen', '0', '--sender', '127.0.0.1', '--sender', '127.0.0.2', '--max-rate', '20']
  const service = await start(t, args)
  await send(
    service.port,
    '127.0.0.2',
    Array.from({ length: 200 }, (_, index) => good(index)),
  )
  await send(service.port, '127.0.0.3', [good(1), good(2)])
  await send(service.port, '127.0.0.1', [good(1), good(2), good(2), good(3)])
  await stop(service.child)
  const counts = JSON.parse(service.err().slice(service.err().lastIndexOf('{')))
  assert.equal(counts.sender, 2)
  assert.equal(counts.replay, 1)
  assert.ok(counts.flood > 50, service.err())
  assert.equal(counts.passed + counts.flood + counts.replay + counts.sender, 206)
})

test('an IPv4 sender is itself on a socket for both families', { timeout: 60_000 }, async (t) => {
  const service = await start(t, ['check', '--listen', '[::]:0', '--sender', '127.0.0.1'])
  await send(service.port, '127.0.0.1', [good(1)])
  await stop(service.child)
  assert.match(service.err(), /"passed":1,"sender":0/)
})

test('the drops of a socket are the last column of its row', () => {
  // source: `cat /proc/net/udp` of Linux 6.1, addresses changed
  const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  397: 0100007F:2328 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 71934 2 000000009b3fd3c3 1234
  398: 0100007F:2329 0100007F:2328 01 00000000:00000000 00:00000000 00000000     0        0 71935 2 000000009b3fd3c4 7`
  assert.equal(dropsIn(table, 9000), 1234)
  assert.equal(dropsIn(table, 9001), undefined)
  assert.equal(dropsIn('', 9000), undefined)
})

test('a model that is missing, cut or of another shape ends classify with exit 2 and says what to do', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cut.onnx'), Buffer.from([0x08, 0x08, 0x12]))
  for (const [file, code] of [
    ['none.onnx', 'MODEL_MISSING'],
    ['cut.onnx', 'MODEL_BROKEN'],
  ] as const) {
    for (const more of [[], ['--listen', '0']]) {
      const args = [bin, 'classify', '--model', join(folder, file), ...more]
      const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', input: '' })
      assert.equal(status, 2)
      assert.match(stderr, new RegExp(`${code}[\\s\\S]*cg-classifier train makes a model`))
      assert.equal(stdout, '')
    }
  }
})
