import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { generateSession } from '../src/generate/session.js'
import { reportsOfSession } from '../src/generate/session-reports.js'
import { sources } from '../src/generate/sources.js'
import { toWire } from '../src/report/wire.js'

const bin = join(import.meta.dirname, '../../bin/cg-classifier.js')

/** Starts a service on a free port; resolves with the port it says. */
async function start(
  t: test.TestContext,
  args: string[],
): Promise<{ child: ChildProcess; port: number; out: () => string; err: () => string }> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  let [out, err] = ['', '']
  child.stdout.on('data', (data) => (out += data))
  const port = await new Promise<number>((resolve, reject) => {
    child.on('exit', () => reject(new Error(err)))
    child.stderr.on('data', (data) => {
      err += data
      const match = /listening on [\d.]+:(\d+)/.exec(err)
      if (match) resolve(Number(match[1]))
    })
  })
  return { child, port, out: () => out, err: () => err }
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.on('close', resolve))
  child.kill('SIGTERM')
  await gone
}

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
