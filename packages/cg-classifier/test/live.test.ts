import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import type { Packet } from '@segchain/pcap'
import { pcapHeader, udpRecord } from '@segchain/pcap'
import { CaptureWindows } from '../src/features/capture-windows.js'
import { filterOf, openLive } from '../src/features/live-capture.js'
import { reportsOfLive } from '../src/features/reports-of-live.js'
import { start, stop } from './support/service.js'

const bin = join(import.meta.dirname, '../../bin/cg-classifier.js')
const counts = () => ({ packets: 0, counted: 0, passedOver: 0 })

/** Left out where the tool is not there, or may not capture; a failure where peers are required. */
async function mayCapture(t: test.TestContext): Promise<boolean> {
  try {
    const live = await openLive('lo', 'udp')
    live.stop()
    for await (const _ of live.chunks);
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code !== 'NO_CAPTURE_TOOL' && code !== 'CAPTURE_DENIED') throw error
    assert.notEqual(process.env.SEGCHAIN_REQUIRE_PEERS, '1', message)
    t.skip(`${message}: npm run peers`)
    return false
  }
}

/** Sends datagrams of these sizes to a port of the loopback, `gapMs` apart. */
async function send(port: number, sizes: readonly number[], gapMs: number): Promise<void> {
  const socket = createSocket('udp4')
  for (const size of sizes) {
    await new Promise((resolve) => socket.send(Buffer.alloc(size), port, '127.0.0.1', resolve))
    await new Promise((resolve) => setTimeout(resolve, gapMs))
  }
  socket.close()
}

async function until(child: ChildProcess, pattern: RegExp, from: 'stdout' | 'stderr'): Promise<() => string> {
  let text = ''
  await new Promise<void>((resolve, reject) => {
    child.on('close', () => reject(new Error(`ended: ${text}`)))
    child[from]?.on('data', (data) => {
      text += data
      if (pattern.test(text)) resolve()
    })
  })
  return () => text
}

test('features --interface gives the reports of what an interface sees, and ends with a summary', {
  timeout: 60_000,
}, async (t) => {
  if (!(await mayCapture(t))) return
  const sink = createSocket('udp4')
  sink.bind(0, '127.0.0.1')
  await once(sink, 'listening')
  t.after(() => sink.close())
  const { port } = sink.address()
  const child = spawn(process.execPath, [bin, 'features', '-i', 'lo', '--seconds', '4'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (data) => (out += data))
  await until(child, /capturing on lo/, 'stderr')
  await send(port, [100, 200, 300, 400, 500], 0)
  await once(child, 'close')
  const records = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const ours = records.filter((record) => record.destinationPort === port)
  assert.equal(
    ours.reduce((sum, { forward }) => sum + forward.bytes, 0),
    1500,
  )
  assert.equal(
    ours.reduce((sum, { forward }) => sum + forward.packets, 0),
    5,
  )
  assert.equal(records[0].source, 'lo')
  assert.equal(records.at(-1).kind, 'summary')
})

test('a window closes while nothing more arrives, and a signal ends the capture', { timeout: 60_000 }, async (t) => {
  if (!(await mayCapture(t))) return
  const child = spawn(process.execPath, [bin, 'features', '-i', 'lo', '--wire'], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  await until(child, /capturing on lo/, 'stderr')
  const report = until(child, /,9,"127.0.0.1",9,|"127.0.0.1",9,\[2,150,/, 'stdout')
  await send(9, [100, 200], 0)
  await report
  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  assert.equal(code, 130)
})

test('in a namespace of its own, a veth is captured as loopback is', { timeout: 60_000 }, async (t) => {
  const name = `cg${process.pid}`
  const ip = (...args: string[]) => spawnSync('ip', args, { encoding: 'utf8' })
  const made = ip('netns', 'add', name)
  if (made.status !== 0) return t.skip(`no network namespace: ${made.error?.message ?? made.stderr.trim()}`)
  t.after(() => ip('netns', 'del', name))
  const inside = ['-n', name]
  const veth = ip(...inside, 'link', 'add', 'name', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1')
  if (veth.status !== 0) return t.skip(`no veth: ${veth.stderr.trim()}`)
  ip(...inside, 'addr', 'add', '192.0.2.1/24', 'dev', 'veth0')
  ip(...inside, 'neigh', 'add', '192.0.2.2', 'lladdr', '02:00:00:00:00:02', 'dev', 'veth0')
  for (const device of ['veth0', 'veth1']) ip(...inside, 'link', 'set', device, 'up')
  if (!(await mayCapture(t))) return
  const enter = ['netns', 'exec', name, process.execPath]
  const child = spawn('ip', [...enter, bin, 'features', '-i', 'veth1', '--seconds', '3'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (data) => (out += data))
  await until(child, /capturing on veth1/, 'stderr')
  const sender = `const s = require('node:dgram').createSocket('udp4')
    s.bind(7000, '192.0.2.1', () => s.send(Buffer.alloc(321), 7001, '192.0.2.2', () => s.close()))`
  assert.equal(spawnSync('ip', [...enter, '-e', sender]).status, 0)
  await once(child, 'close')
  const report = out.split('\n').find((line) => line.includes('"kind":"report"'))
  assert.match(report ?? '', /192\.0\.2\.1\|7000\|192\.0\.2\.2\|7001.*"bytes":321/)
})

test('features --forward is the probe of a check service', { timeout: 60_000 }, async (t) => {
  if (!(await mayCapture(t))) return
  const check = await start(t, ['check', '--listen', '0'])
  const sink = createSocket('udp4')
  sink.bind(0, '127.0.0.1')
  await once(sink, 'listening')
  t.after(() => sink.close())
  const forward = ['--forward', `127.0.0.1:${check.port}`]
  const child = spawn(process.execPath, [bin, 'features', '-i', 'lo', '--seconds', '3', ...forward], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  const err = await until(child, /capturing on lo/, 'stderr')
  await send(sink.address().port, [100, 200], 40)
  await once(child, 'close')
  await stop(check.child)
  const sent = JSON.parse(/features: (\{.*\})/.exec(err())?.[1] ?? '{}')
  const counts = JSON.parse(check.err().slice(check.err().lastIndexOf('{')))
  assert.ok(sent.sent >= 2 && sent['not-sent'] === 0, err())
  assert.equal(counts.replay + counts.format + counts.range, 0)
  assert.ok(counts.passed >= 2, check.err())
})

test('an interface that is not there is a clear error', async (t) => {
  if (!(await mayCapture(t))) return
  await assert.rejects(openLive('nope0', 'udp'), { category: 'usage', code: 'INTERFACE' })
})

test('the reports that a probe sends are not measured again', () => {
  const filter = 'not (udp and host 192.0.2.1 and port 9000) and (udp or (vlan and udp))'
  assert.equal(filterOf('udp', { address: '192.0.2.1', port: 9000 }), filter)
  const tcpdump = spawnSync('tcpdump', ['-d', '-y', 'EN10MB', filter], { encoding: 'utf8' })
  assert.ok(tcpdump.error !== undefined || tcpdump.status === 0, tcpdump.stderr)
})

test('a name that would be an option of tcpdump is refused', async () => {
  await assert.rejects(openLive('-z/bin/sh', 'udp'), { category: 'usage', code: 'INTERFACE' })
})

test('without tcpdump and dumpcap, or without the right to capture, the error names the remedy', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const features = () => {
    const env = { ...process.env, PATH: folder }
    return spawnSync(process.execPath, [bin, 'features', '-i', 'lo'], { env, encoding: 'utf8', input: '' })
  }
  const missing = features()
  assert.equal(missing.status, 2)
  assert.match(missing.stderr, /NO_CAPTURE_TOOL[\s\S]*apt install tcpdump/)
  for (const tool of ['tcpdump', 'dumpcap']) {
    writeFileSync(
      join(folder, tool),
      '#!/bin/sh\necho "You do not have permission to capture on that device" >&2\nexit 1\n',
    )
    chmodSync(join(folder, tool), 0o755)
  }
  const denied = features()
  assert.equal(denied.status, 5)
  assert.match(denied.stderr, /CAPTURE_DENIED[\s\S]*setcap cap_net_raw/)
})

test('while packets are late by less than the lag, no window closes without them', async () => {
  const from = { address: [10, 0, 0, 1], port: 1 } as const
  const to = { address: [10, 0, 0, 2], port: 2 } as const
  async function* late() {
    yield pcapHeader(42)
    yield udpRecord(100, 0, from, to, 10)
    await new Promise((resolve) => setTimeout(resolve, 300))
    yield udpRecord(100, 20_000_000, from, to, 10)
  }
  const options = { clock: () => ({ seconds: 100, nanoseconds: 900_000_000 }), lagSeconds: 1 }
  const found = []
  for await (const report of reportsOfLive(late(), options, counts())) found.push(report.forward.packets)
  assert.deepEqual(found, [2])
})

test('a packet without a time is refused with its place', () => {
  const windows = new CaptureWindows({}, counts())
  const packet: Packet = { linkType: 1, bytes: Buffer.alloc(60), offset: 77 }
  assert.throws(() => windows.packet(packet), { code: 'NO_TIME', where: { offset: 77 } })
})
