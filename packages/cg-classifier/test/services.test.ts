import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { generateSession } from '../src/generate/session.js'
import { reportsOfSession } from '../src/generate/session-reports.js'
import { sources } from '../src/generate/sources.js'
import { toWire } from '../src/report/wire.js'
import { start, stop } from './support/service.js'

test("check, classify and aggregate over UDP decide a session of the published probe's datagrams", {
  timeout: 30_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'cg-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const state = join(folder, 'sessions.json')
  const aggregate = await start(t, ['aggregate', '--listen', '0', '--state', state])
  const classify = await start(t, ['classify', '--listen', '0', '--forward', `127.0.0.1:${aggregate.port}`])
  const check = await start(t, ['check', '--listen', '0', '--forward', `127.0.0.1:${classify.port}`])
  const socket = createSocket('udp4')
  const source = sources.find(({ name }) => name === 'stadia')
  assert.ok(source)
  const reports = reportsOfSession(generateSession(source, 'udp', 3))
  for (const text of ['garbage', '["10.0.0.1"]', ...reports.map((report) => toWire(report))]) {
    socket.send(text, check.port, '127.0.0.1')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  for (let tries = 0; tries < 100 && !aggregate.out().includes('"verdict:'); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  socket.close()
  await stop(check.child)
  await stop(classify.child)
  await stop(aggregate.child)
  const verdict = JSON.parse(aggregate.out().split('\n')[2] ?? '{}')
  assert.equal(verdict.class, 'cloud-gaming')
  assert.match(check.err(), new RegExp(`"passed":${reports.length}.*"format":2`))
  assert.match(classify.err(), new RegExp(`"classified":${reports.length}`))
  const [[, kept]] = JSON.parse(readFileSync(state, 'utf8'))
  assert.equal(kept.windows, reports.length)

  const again = await start(t, ['aggregate', '--listen', '0', '--state', state])
  for (let tries = 0; tries < 100 && !again.out().includes('"verdict:'); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.match(again.out(), /"class":"cloud-gaming"/, 'the verdict stands after a restart')
  await stop(again.child)
})

/** A socket that keeps what it hears, with the services' view of a classifier. */
async function listener(t: test.TestContext): Promise<{ port: number; heard: string[] }> {
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  const heard: string[] = []
  socket.on('message', (bytes) => heard.push(bytes.toString()))
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return { port: socket.address().port, heard }
}

async function sendAll(port: number, lines: readonly string[]): Promise<void> {
  const socket = createSocket('udp4')
  for (const line of lines) {
    await new Promise((resolve) => socket.send(line, port, '127.0.0.1', resolve))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  socket.close()
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !done(); tries++) await new Promise((resolve) => setTimeout(resolve, 25))
}

test('check spreads sessions over classifiers, each to one; --wire gives the published datagram, one a report', {
  timeout: 60_000,
}, async (t) => {
  const [one, two] = [await listener(t), await listener(t)]
  const forward = `127.0.0.1:${one.port},127.0.0.1:${two.port}`
  const check = await start(t, ['check', '--listen', '0', '--forward', forward, '--wire'])
  const report = (port: number, back: boolean, sequence: number) => {
    const ends = back ? ['10.0.0.2', 2, '10.0.0.1', port] : ['10.0.0.1', port, '10.0.0.2', 2]
    return JSON.stringify([...ends, [1, 10, 0, 0, 0], [0, 0, 0, 0, 0], sequence])
  }
  const sent = Array.from({ length: 200 }, (_, index) => report(1 + (index % 20), index >= 100, index))
  await sendAll(check.port, sent)
  await until(() => one.heard.length + two.heard.length >= sent.length)
  await stop(check.child)
  assert.equal(one.heard.length + two.heard.length, sent.length)
  const ports = ({ heard }: { heard: string[] }) =>
    new Set(heard.map((text) => JSON.parse(text)).map(([, first, , second]) => (first === 2 ? second : first)))
  const [left, right] = [ports(one), ports(two)]
  assert.ok(left.size > 2 && right.size > 2 && left.size + right.size === 20, `${left.size} and ${right.size}`)
  assert.ok([...one.heard, ...two.heard].every((text) => JSON.parse(text).length === 6 && !text.includes('\n')))
})

test('classify answers a report with one datagram that names its sequence and session', {
  timeout: 60_000,
}, async (t) => {
  const aggregate = await listener(t)
  const forward = ['--forward', `127.0.0.1:${aggregate.port}`, '--datagram-bytes', '0']
  const classify = await start(t, ['classify', '--listen', '0', ...forward])
  await sendAll(classify.port, [
    '["10.0.0.1",1,"10.0.0.2",2,[1,10,0,0,0],[0,0,0,0,0],7,"séance 1","1700000000000000000"]',
  ])
  await until(() => aggregate.heard.length > 0)
  await stop(classify.child)
  const [answer] = aggregate.heard.map((text) => JSON.parse(text))
  assert.deepEqual(answer.slice(0, 5), ['10.0.0.1', 1, '10.0.0.2', 2, 0])
  assert.deepEqual(answer.slice(6), [7, 'séance 1', '1700000000000000000'])
})
