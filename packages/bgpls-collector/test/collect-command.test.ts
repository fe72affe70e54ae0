import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, createReadStream, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { validateRecord } from '@segchain/records'
import { Collector, readRecordedSession } from '../src/index.js'
import { fixture } from './support/fixtures.js'
import { eventually, folder, freePort, run } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
const CAPTURE = fixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')

interface Line {
  readonly kind: string
  readonly [field: string]: unknown
}

function collect(...argv: readonly string[]): { status: number | null; lines: Line[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], { encoding: 'utf8', timeout: 30_000 })
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { status, lines: lines.map((line) => validateRecord('segchain.topology/1', JSON.parse(line)) as Line), stderr }
}

async function replay(t: TestContext): Promise<string> {
  const endpoint = `127.0.0.1:${await freePort()}`
  run(t, process.execPath, [bin, 'replay', CAPTURE, '--listen', endpoint])
  return endpoint
}

/** Distinct ones: a follower may see an object several times, as the router learned more of it. */
const objects = (lines: readonly Line[]) =>
  new Set(lines.filter(({ kind }) => kind === 'node' || kind === 'link' || kind === 'prefix').map(({ id }) => id)).size

test('collect --once writes session, the sorted topology, sync and summary, and exits 0', async (t) => {
  const { status, lines } = collect('collect', '--once', '--peer', await replay(t), '--connect-retry', '0.3')
  assert.equal(status, 0)
  assert.equal(objects(lines), 78)
  assert.deepEqual(
    lines.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]),
    ['header', 'session', 'node', 'link', 'prefix', 'sync', 'summary'],
  )
})

test('collect --follow writes everything that came before its header was out, and ends on SIGTERM with 143', async (t) => {
  const endpoint = await replay(t)
  const child = spawn(process.execPath, [bin, 'collect', '--follow', '--peer', endpoint, '--connect-retry', '0.3'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.after(() => child.kill('SIGKILL'))
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  await eventually(10, () => (stdout.includes('"kind":"sync"') ? true : undefined))
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  assert.equal(lines[0]?.kind, 'header')
  assert.equal(objects(lines), 78)
  const ended = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGTERM')
  assert.equal(await ended, 143)
})

test('collect --once without a peer exits 5 and says what to look at', async () => {
  const { status, stderr } = collect('collect', '--once', '--peer', `127.0.0.1:${await freePort()}`, '--timeout', '0.5')
  assert.equal(status, 5)
  assert.match(stderr, /NO_SESSION/)
  assert.match(stderr, /refused/)
})

test('a listener that is open to others asks who may connect', () => {
  const { status, stderr } = collect('collect', '--listen', '0.0.0.0:1179')
  assert.equal(status, 2)
  assert.match(stderr, /--allow/)
})

test('a recording is run again to the same output, and a change in it is found', async (t) => {
  const path = folder(t, {})
  const recording = join(path, 'recording')
  assert.equal(collect('collect', '--once', '--peer', await replay(t), '--record', recording).status, 0)
  assert.equal(collect('replay', recording).status, 0)
  const changed = join(path, 'changed')
  cpSync(recording, changed, { recursive: true })
  const output = readFileSync(join(changed, 'output.ndjson'), 'utf8')
  writeFileSync(join(changed, 'output.ndjson'), output.replace('"name":"r1"', '"name":"r9"'))
  const { status, lines } = collect('replay', changed)
  assert.equal(status, 1)
  assert.equal(lines.at(-1)?.outcome, 'different')
})

/** The head of an IGP metric (1095) of one byte. */
const METRIC = Buffer.from('04470001', 'hex')

// source: an UPDATE of FRR, with two IGP metrics in turn
test('a long recording is run again in little memory', async (t) => {
  const { updates } = await readRecordedSession(createReadStream(CAPTURE))
  const [link] = updates.filter((update) => update.includes(METRIC))
  assert.ok(link)
  const other = Buffer.from(link)
  other[link.indexOf(METRIC) + METRIC.length] = 50
  const steps = [link, other].map((update) =>
    JSON.stringify({ do: 'update', source: 'r1', asn4: true, hex: update.toString('hex') }),
  )
  const short = folder(t, { 'input.ndjson': `${steps.join('\n')}\n`, 'output.ndjson': '' })
  const [, ...once] = collect('replay', short).lines
  const results = once.slice(0, -1).map((record) => JSON.stringify(record))
  assert.ok(results.length >= 2)
  const times = Math.ceil(60e6 / results.join('').length)
  const long = folder(t, {
    'input.ndjson': `${steps.join('\n')}\n`.repeat(times),
    'output.ndjson': `${results.join('\n')}\n`.repeat(times),
  })
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=48', bin, 'replay', long], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
  })
  assert.equal(status, 0, stderr.slice(-300))
  assert.match(stdout.slice(-300), /"outcome":"ok"/)
})

test('a state file brings the topology back as stale, and a peer that says it again makes it fresh', async (t) => {
  const file = join(folder(t, {}), 'state.ndjson')
  const endpoint = await replay(t)
  assert.equal(collect('collect', '--once', '--peer', endpoint, '--state', file).status, 0)
  const child = spawn(process.execPath, [bin, 'collect', '--follow', '--peer', endpoint, '--state', file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.after(() => child.kill('SIGKILL'))
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  await eventually(10, () => (stdout.includes('"kind":"sync"') ? true : undefined))
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  assert.equal(records.filter((record) => record.stale === true).length, 78)
  assert.equal(records.filter((record) => record.kind === 'node' && record.stale === undefined).length, 6)
  assert.equal(records.filter((record) => record.kind === 'withdraw').length, 0)
})

test('diff says what makes one topology out of the other, and exits 1', (t) => {
  const decoded = spawnSync(process.execPath, [bin, 'decode', '--snapshot', CAPTURE], { encoding: 'utf8' }).stdout
  const changed = decoded
    .split('\n')
    .filter((line) => !line.includes('"id":"10.255.0.1/32@'))
    .map((line) => line.replace('"name":"r2"', '"name":"r22"'))
  const path = folder(t, { 'a.ndjson': decoded, 'b.ndjson': changed.join('\n') })
  const { status, lines } = collect('diff', join(path, 'a.ndjson'), join(path, 'b.ndjson'))
  assert.equal(status, 1)
  assert.deepEqual(
    lines.slice(1, -1).map(({ kind, id }) => `${kind} ${id}`),
    ['withdraw 10.255.0.1/32@isis-l1:0::0000.0000.0001', 'node isis-l1:0::0000.0000.0002'],
  )
  assert.equal(collect('diff', join(path, 'a.ndjson'), join(path, 'a.ndjson')).status, 0)
})

test('graph writes Graphviz with a node and a link for each', (t) => {
  const decoded = spawnSync(process.execPath, [bin, 'decode', CAPTURE], { encoding: 'utf8' }).stdout
  const path = folder(t, { 'a.ndjson': decoded })
  const { stdout } = spawnSync(process.execPath, [bin, 'graph', join(path, 'a.ndjson')], { encoding: 'utf8' })
  assert.match(stdout, /^graph topology \{/)
  assert.equal(stdout.match(/label="r[1-6]/g)?.length, 6)
})

test('metrics are served while sessions run', async (t) => {
  const [endpoint, port] = [await replay(t), await freePort()]
  const argv = ['collect', '--follow', '--peer', endpoint, '--connect-retry', '0.3', '--metrics', `127.0.0.1:${port}`]
  run(t, process.execPath, [bin, ...argv])
  const deadline = Date.now() + 60_000
  let page = ''
  while (!page.includes('objects{kind="prefix"} 40') && Date.now() < deadline) {
    page = await fetch(`http://127.0.0.1:${port}/metrics`).then(
      (response) => response.text(),
      () => '',
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.match(page, /segchain_bgpls_sessions_up 1/)
  assert.match(page, /segchain_bgpls_objects\{kind="prefix"\} 40/)
})

test('a peer that refuses is told at once, with the next attempt, and again in the error at the end', async () => {
  const peer = `127.0.0.1:${await freePort()}`
  const { status, stderr } = collect('collect', '--once', '--peer', peer, '--timeout', '1.5', '--connect-retry', '0.3')
  assert.equal(status, 5)
  assert.equal(
    stderr.match(/warn: the connection was refused: nothing listens there; tried again every 0\.3 s/g)?.length,
    1,
  )
  assert.match(stderr, new RegExp(`no BGP session came up within 1.5 s; ${peer}: the connection was refused`))
})

test('replay to a peer that refuses says it once, and writes no session record for an attempt', async (t) => {
  const peer = `127.0.0.1:${await freePort()}`
  const child = spawn(process.execPath, [bin, 'replay', CAPTURE, '--peer', peer, '--connect-retry', '0.1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  await eventually(30, () => (stderr.includes('refused') ? true : undefined))
  await new Promise((resolve) => setTimeout(resolve, 600))
  assert.equal(stderr.match(/refused/g)?.length, 1)
  assert.ok(!stdout.includes('"kind":"session"'))
})

test('a recording of BMP that begins with a state file is run again to the same output', async (t) => {
  const path = folder(t, {})
  const [state, recording] = [join(path, 'state.ndjson'), join(path, 'recording')]
  assert.equal(collect('collect', '--once', '--peer', await replay(t), '--state', state).status, 0)
  const port = await freePort()
  const { updates } = await readRecordedSession(createReadStream(CAPTURE))
  const monitored = Buffer.concat([
    Buffer.from('0300000010040002000672'.padEnd(32, '6f'), 'hex'),
    ...updates.slice(0, 20).map((update) => {
      const header = Buffer.alloc(6 + 42)
      header.set([3, 0, 0, 0, 0, 0])
      header.writeUInt32BE(header.length + update.length, 1)
      return Buffer.concat([header, update])
    }),
  ])
  const argv = ['collect', '--once', '--bmp', `127.0.0.1:${port}`, '--state', state, '--record', recording]
  const child = spawn(process.execPath, [bin, ...argv, '--quiet', '0.5'], { stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const monitor = () => {
    const socket = connect(port, '127.0.0.1', () => socket.write(monitored))
    socket.on('error', () => setTimeout(monitor, 200))
    t.after(() => socket.destroy())
  }
  monitor()
  assert.equal(await ended, 0)
  const steps = readFileSync(join(recording, 'input.ndjson'), 'utf8').trimEnd().split('\n')
  assert.deepEqual([...new Set(steps.map((line) => (JSON.parse(line) as { do: string }).do))], ['load', 'update'])
  assert.equal(collect('replay', recording).status, 0)
})

test('of two peers at one address, the one that does not answer is not taken for the one that is up', async (t) => {
  const [up, silent] = [await replay(t), `127.0.0.1:${await freePort()}`]
  const connected: string[] = []
  const refused: string[] = []
  const endpoint = (text: string) => ({ host: '127.0.0.1', port: Number(text.split(':')[1]) })
  const collector = new Collector(
    {
      session: { localAsn: 65000, bgpId: '192.0.2.179', holdTime: 30, connectRetry: 0.3 },
      peers: [endpoint(up), endpoint(silent)],
      allowed: () => true,
      quietSeconds: 5,
      strictOrder: false,
      maxStaleSeconds: 1,
      maxSessions: 4,
    },
    {
      event: () => {},
      problem: () => {},
      connected: (peer) => connected.push(peer),
      log: (level, _message, peer) => {
        if (level === 'warn') refused.push(peer)
      },
    },
  )
  t.after(() => collector.stop())
  await collector.start()
  await eventually(15, () => (connected.length > 0 && refused.includes(silent) ? true : undefined))
  assert.deepEqual(connected, [up])
})
