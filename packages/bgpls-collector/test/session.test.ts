import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { connect, createServer } from 'node:net'
import { test } from 'node:test'
import type { SessionRecord, Sync, TopologyRecord } from '@segchain/records'
import { keepalive } from '../src/codec/bgp/message.js'
import { encodeOpen } from '../src/codec/bgp/open.js'
import { Collector, type Endpoint, readRecordedSession, Speaker, type TopologyEvent } from '../src/index.js'
import { decodeFixture, fixture } from './support/fixtures.js'

const config = { localAsn: 65000, bgpId: '192.0.2.179', holdTime: 9, connectRetry: 0.2 }
const CAPTURE = 'frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap'

interface Running {
  readonly collector: Collector
  readonly events: (TopologyEvent | SessionRecord | Sync)[]
  readonly logs: string[]
  readonly listening: Endpoint | undefined
  until(kind: string, state?: string): Promise<void>
}

async function run(peers: readonly Endpoint[], listen?: Endpoint): Promise<Running> {
  const events: (TopologyEvent | SessionRecord | Sync)[] = []
  const logs: string[] = []
  const waiting: (() => void)[] = []
  const collector = new Collector(
    {
      session: config,
      peers,
      ...(listen === undefined ? {} : { listen }),
      allowed: () => true,
      quietSeconds: 0.3,
      strictOrder: false,
      maxStaleSeconds: 5,
      maxSessions: 8,
    },
    {
      event(event) {
        events.push(event)
        for (const wake of waiting.splice(0)) wake()
      },
      problem: (_treatment, error) => logs.push(error.message),
      log: (_level, message) => logs.push(message),
    },
  )
  const listening = await collector.start()
  const has = (kind: string, state?: string) =>
    events.some((event) => event.kind === kind && (state === undefined || ('state' in event && event.state === state)))
  return {
    collector,
    events,
    logs,
    listening,
    async until(kind, state) {
      const deadline = Date.now() + 10_000
      while (!has(kind, state)) {
        assert.ok(Date.now() < deadline, `no ${kind} ${state ?? ''}: ${logs.join('; ')}`)
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          setTimeout(resolve, 200)
        })
      }
    },
  }
}

const free: Endpoint = { host: '127.0.0.1', port: 0 }
const bare = (records: readonly TopologyRecord[]) => records.map(({ sources: _, ...record }) => record)

for (const direction of ['active', 'passive'] as const) {
  test(`a replayed FRR session gives the ${direction} collector the topology of its capture`, async () => {
    const recorded = await readRecordedSession(createReadStream(fixture(CAPTURE)))
    const session = { ...config, localAsn: recorded.open?.asn ?? 0, bgpId: recorded.open?.bgpId ?? '' }
    const options = { session, updates: () => recorded.updates }
    let running: Running
    let speaker: Speaker
    if (direction === 'active') {
      speaker = new Speaker({ ...options, listen: free })
      running = await run([(await speaker.start()) ?? free])
    } else {
      running = await run([], free)
      speaker = new Speaker({ ...options, peers: [running.listening ?? free] })
      await speaker.start()
    }
    await running.until('sync')
    const { topology } = await decodeFixture(CAPTURE)
    assert.deepEqual(bare(running.collector.rib.snapshot()), bare(topology))
    const sync = running.events.find((event) => event.kind === 'sync')
    assert.equal(sync?.kind === 'sync' && sync.reason, 'end-of-rib')
    running.collector.stop()
    speaker.stop()
  })
}

test('when a session goes down its topology is withdrawn, and it comes back with the next session', async () => {
  const recorded = await readRecordedSession(createReadStream(fixture(CAPTURE)))
  const options = { session: { ...config, bgpId: '10.255.0.1' }, updates: () => recorded.updates }
  const first = new Speaker({ ...options, listen: free })
  const endpoint = (await first.start()) ?? free
  const running = await run([endpoint])
  await running.until('sync')
  const before = running.collector.rib.size
  first.stop()
  await running.until('session', 'down')
  assert.equal(running.collector.rib.size, 0)
  assert.equal(running.events.filter((event) => event.kind === 'withdraw').length >= before, true)
  const down = running.events.find((event) => event.kind === 'session' && event.state === 'down')
  assert.match(down?.kind === 'session' ? (down.reason ?? '') : '', /Administrative Shutdown/)
  const second = new Speaker({ ...options, listen: endpoint })
  await second.start()
  running.events.length = 0
  await running.until('sync')
  assert.equal(running.collector.rib.size, before)
  running.collector.stop()
  second.stop()
})

test('a peer without End-of-RIB is complete after the quiet period', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write(
      encodeOpen({
        version: 4,
        asn: 65001,
        holdTime: 90,
        bgpId: '10.0.0.1',
        capabilities: { families: [{ afi: 16388, safi: 71 }], fourOctetAsn: 65001 },
      }),
    )
    socket.write(keepalive)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const running = await run([{ host: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 }])
  await running.until('sync')
  const sync = running.events.find((event) => event.kind === 'sync')
  assert.equal(sync?.kind === 'sync' && sync.reason, 'quiet')
  running.collector.stop()
  server.close()
})

// source: RFC 4271 §4.5 and §6.2; the bytes of the NOTIFICATIONs are written out by hand
const refusals = [
  { name: 'no BGP-LS', open: { families: [{ afi: 1, safi: 1 }] }, hex: '0207010440040047' },
  { name: 'hold time 2', hold: 2, open: { families: [{ afi: 16388, safi: 71 }] }, hex: '0206' },
  { name: 'BGP Identifier 0', id: '0.0.0.0', open: { families: [{ afi: 16388, safi: 71 }] }, hex: '0203' },
] as const

for (const { name, hex, ...given } of refusals) {
  test(`an OPEN with ${name} is refused with NOTIFICATION ${hex}`, async () => {
    const running = await run([], free)
    const socket = connect(running.listening?.port ?? 0, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.write(
      encodeOpen({
        version: 4,
        asn: 65001,
        holdTime: 'hold' in given ? given.hold : 90,
        bgpId: 'id' in given ? given.id : '10.0.0.1',
        capabilities: { families: [...given.open.families], fourOctetAsn: 65001 },
      }),
    )
    await new Promise((resolve) => socket.on('close', resolve))
    const received = Buffer.concat(chunks).toString('hex')
    assert.ok(received.endsWith(`03${hex}`), received)
    running.collector.stop()
  })
}

test('a session that is stopped between two attempts to connect makes no other one', async (t) => {
  let attempts = 0
  const server = createServer((socket) => {
    attempts++
    socket.on('error', () => {})
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { collector, logs } = await run([{ host: '127.0.0.1', port }])
  t.after(() => collector.stop())
  while (attempts < 2) await new Promise((resolve) => setTimeout(resolve, 20))
  // The refusal has been told: the next attempt is 0.2 s away.
  while (logs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  collector.stop()
  const stopped = attempts
  await new Promise((resolve) => setTimeout(resolve, 600))
  // One that was under way may still arrive.
  assert.ok(attempts <= stopped + 1, `${attempts - stopped} attempts after the stop`)
})
