import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createReadStream, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { encodeEndOfRib } from '../src/codec/bgp/end-of-rib.js'
import { keepalive, messageAt } from '../src/codec/bgp/message.js'
import { encodeOpen } from '../src/codec/bgp/open.js'
import { readRecordedSession } from '../src/index.js'
import { Rib } from '../src/rib/rib.js'
import { Speaker } from '../src/session/speaker.js'
import { decodeFixture, fixture } from './support/fixtures.js'
import { eventually } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
/** 100,000 where time is no matter (.ci/run). */
const FLOOD = Number(process.env.SEGCHAIN_FLOOD_UPDATES ?? 20_000)

const recorded = (await readRecordedSession(createReadStream(fixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap'))))
  .updates

function openOf(bgpId: string, holdTime = 90): Buffer {
  const families = [{ afi: 16388, safi: 71 }]
  return encodeOpen({ version: 4, asn: 65_000, holdTime, bgpId, capabilities: { families, fourOctetAsn: 65_000 } })
}

interface Peer {
  readonly socket: Socket
  /** How many messages of a type have come. */
  count(type: number): number
  closed: boolean
}

/** A peer made by hand: OPEN and KEEPALIVE, then whatever the test writes. */
async function peer(t: TestContext, port: number, bgpId: string, holdTime?: number): Promise<Peer> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => socket.destroy())
  const counts = new Map<number, number>()
  let pending: Buffer = Buffer.alloc(0)
  const found: Peer = { socket, count: (type) => counts.get(type) ?? 0, closed: false }
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes])
    for (let message = messageAt(pending, 0, true); message !== undefined; message = messageAt(pending, 0, true)) {
      counts.set(message.type, (counts.get(message.type) ?? 0) + 1)
      pending = pending.subarray(message.bytes.length)
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    found.closed = true
  })
  socket.write(openOf(bgpId, holdTime))
  await eventually(60, () => (found.count(4) > 0 ? true : undefined))
  socket.write(keepalive)
  return found
}

/** A collector of its own process, so that its memory can be told from ours. */
async function collector(t: TestContext, ...argv: readonly string[]) {
  const child = spawn(process.execPath, [bin, 'collect', '--follow', '--listen', '127.0.0.1:0', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  const said = { out: 0, err: '', last: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.length
    said.last = (said.last + chunk.toString('latin1')).slice(-2000)
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  const port = await eventually(60, () => /listening on 127\.0\.0\.1:([0-9]+)/.exec(said.err)?.[1])
  return { child, port: Number(port), said }
}

function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s+([0-9]+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

test(`a flood of ${FLOOD} UPDATEs from one peer: another session keeps its keepalives, memory stays bounded`, async (t) => {
  const { child, port, said } = await collector(t, '--hold-time', '9')
  const calm = await peer(t, port, '10.0.0.2', 9)
  const alive = setInterval(() => calm.socket.write(keepalive), 1000)
  t.after(() => clearInterval(alive))
  const flooding = await peer(t, port, '10.0.0.1')
  const atStart = peakMegabytes(child.pid ?? 0)
  for (let sent = 0; sent < FLOOD; sent += recorded.length) {
    if (!flooding.socket.write(Buffer.concat(recorded)))
      await new Promise((resolve) => flooding.socket.once('drain', resolve))
  }
  flooding.socket.write(encodeEndOfRib(71))
  await eventually(240, () => (/"kind":"sync"[^\n]*10\.0\.0\.1@/.test(said.last) ? true : undefined))
  const before = calm.count(4)
  await eventually(60, () => (calm.count(4) > before ? true : undefined))
  assert.equal(calm.closed, false)
  assert.equal(calm.count(3), 0, 'no NOTIFICATION')
  assert.equal(flooding.closed, false)
  const grown = peakMegabytes(child.pid ?? 0) - atStart
  assert.ok(grown < 250, `${grown} MB for ${FLOOD} UPDATEs of 78 objects`)
})

test('a peer that sends a byte a second and one that never reads do not stop a third', async (t) => {
  const { port, said } = await collector(t)
  const slow = connect(port, '127.0.0.1')
  t.after(() => slow.destroy())
  slow.on('error', () => {})
  const open = openOf('10.0.0.3')
  let at = 0
  const drip = setInterval(() => slow.write(open.subarray(at, ++at)), 1000)
  t.after(() => clearInterval(drip))
  const deaf = connect(port, '127.0.0.1')
  t.after(() => deaf.destroy())
  deaf.on('error', () => {})
  deaf.pause()
  deaf.write(Buffer.concat([openOf('10.0.0.4'), keepalive, ...recorded]))
  const third = await peer(t, port, '10.0.0.5')
  third.socket.write(Buffer.concat([...recorded, encodeEndOfRib(71)]))
  await eventually(60, () => (/"kind":"sync"[^\n]*10\.0\.0\.5@/.test(said.last) ? true : undefined))
  assert.equal(third.closed, false)
})

test('a peer that never reads what is announced is given up; the others get everything', async (t) => {
  const down: string[] = []
  const config = { localAsn: 65_000, bgpId: '10.0.0.9', holdTime: 90, connectRetry: 1 }
  const speaker = new Speaker(
    { session: config, listen: { host: '127.0.0.1', port: 0 }, updates: () => [], maxUnsentBytes: 1024 * 1024 },
    { down: (_peer, reason) => down.push(reason) },
  )
  t.after(() => speaker.stop())
  const { port = 0 } = (await speaker.start()) ?? {}
  const deaf = await peer(t, port, '10.0.0.1')
  const reads = await peer(t, port, '10.0.0.2')
  // The End-of-RIB: both have had the beginning.
  await eventually(60, () => (deaf.count(2) > 0 && reads.count(2) > 0 ? true : undefined))
  deaf.socket.pause()
  const big = Buffer.concat(recorded)
  let rounds = 0
  for (; down.length === 0 && rounds < 5000; rounds++) await speaker.broadcast(() => [big])
  assert.equal(down.length, 1)
  await eventually(60, () => (reads.count(2) >= rounds * recorded.length ? true : undefined))
  assert.equal(reads.closed, false)
})

test('what comes and goes a hundred times leaves nothing behind', async () => {
  const { topology } = await decodeFixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
  const rib = new Rib()
  const round = () => {
    rib.apply('a', { announced: topology.map((record) => ({ ...record })), withdrawn: [] })
    rib.apply('b', { announced: topology.map((record) => ({ ...record })), withdrawn: [] })
    rib.markStale('a')
    rib.beginRefresh('b')
    rib.endRefresh('b')
    rib.drop('a')
    rib.drop('b')
  }
  for (let i = 0; i < 100; i++) round()
  assert.equal(rib.size, 0)
  assert.deepEqual(rib.counts(), {})
})

test('fifty sessions that come and break leave no session and no memory behind', async (t) => {
  const { child, port, said } = await collector(t)
  const session = async (index: number) => {
    const one = await peer(t, port, `10.1.${index >> 8}.${index & 255}`)
    one.socket.write(Buffer.concat([...recorded, encodeEndOfRib(71)]))
    await eventually(60, () => (said.last.includes(`10.1.${index >> 8}.${index & 255}@`) ? true : undefined))
    one.socket.destroy()
  }
  for (let i = 1; i <= 15; i++) await session(i)
  const before = rssMegabytes(child.pid ?? 0)
  for (let i = 16; i <= 50; i++) await session(i)
  // A session of 78 objects that stayed would be some hundred kilobytes: 35 of them would show.
  const grown = rssMegabytes(child.pid ?? 0) - before
  assert.ok(grown < 40, `${grown} MB for 35 sessions that have ended`)
})

function rssMegabytes(pid: number): number {
  return Number(/VmRSS:\s+([0-9]+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}
