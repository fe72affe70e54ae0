import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import type { SessionRecord, Sync } from '@segchain/records'
import type { Capabilities } from '../src/codec/bgp/capability.js'
import { endOfRib } from '../src/codec/bgp/end-of-rib.js'
import { keepalive } from '../src/codec/bgp/message.js'
import { encodeOpen } from '../src/codec/bgp/open.js'
import { encodeRouteRefresh } from '../src/codec/bgp/route-refresh.js'
import { Collector, type TopologyEvent } from '../src/index.js'
import { announcing, nlri, tlv } from './support/fixtures.js'
import { eventually } from './support/peers.js'

const LS = { afi: 16388, safi: 71 }
const restarting: Partial<Capabilities> = {
  gracefulRestart: { restarting: false, restartSeconds: 2, families: [{ ...LS, forwarding: true }] },
}
const node = (id: string) => nlri(1, 2, tlv(256, tlv(515, id)))
const one = announcing(node('000000000001'), tlv(1026, '7231')).bytes
const two = announcing(node('000000000002'), tlv(1026, '7232')).bytes

/** A peer made of bytes: it never does more than it is told. */
function peer(port: number, capabilities: Partial<Capabilities> = restarting): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.resume()
  const open = { version: 4, asn: 65001, holdTime: 30, bgpId: '10.0.0.1' }
  socket.write(encodeOpen({ ...open, capabilities: { families: [LS], fourOctetAsn: 65001, ...capabilities } }))
  socket.write(keepalive)
  return socket
}

async function collector(t: { after(end: () => void): void }, maxStaleSeconds = 1) {
  const events: (TopologyEvent | SessionRecord | Sync)[] = []
  const running = new Collector(
    {
      session: { localAsn: 65000, bgpId: '192.0.2.179', holdTime: 30, connectRetry: 1 },
      peers: [],
      listen: { host: '127.0.0.1', port: 0 },
      allowed: () => true,
      quietSeconds: 5,
      strictOrder: false,
      maxStaleSeconds,
      maxSessions: 4,
    },
    { event: (event) => events.push(event), problem: () => {}, log: () => {} },
  )
  const listening = await running.start()
  t.after(() => running.stop())
  return { running, events, port: listening?.port ?? 0, size: () => running.rib.size }
}

test('a restarting peer keeps its topology as stale, and what it does not say again goes at its End-of-RIB', async (t) => {
  const { running, events, port, size } = await collector(t)
  const first = peer(port)
  first.write(Buffer.concat([one, two, endOfRib]))
  await eventually(3, () => events.find((event) => event.kind === 'sync'))
  first.destroy()
  await eventually(3, () => (running.rib.snapshot().every((record) => record.stale === true) ? true : undefined))
  assert.equal(size(), 2)
  const second = peer(port)
  second.write(one)
  await eventually(3, () => (running.rib.snapshot()[0]?.stale === undefined ? true : undefined))
  assert.equal(running.rib.snapshot()[1]?.stale, true)
  second.write(endOfRib)
  await eventually(3, () => (size() === 1 ? true : undefined))
  assert.equal(events.at(-2)?.kind === 'withdraw' || events.at(-1)?.kind === 'withdraw', true)
  second.destroy()
})

// source: RFC 4724 §5, on a second connection in Established
test('a peer that connects again before its old connection has ended has restarted: nothing of its topology is withdrawn', async (t) => {
  const { running, events, port } = await collector(t, 60)
  const first = peer(port)
  t.after(() => first.destroy())
  let closed = false
  first.on('close', () => {
    closed = true
  })
  first.write(Buffer.concat([one, two, endOfRib]))
  await eventually(30, () => events.find((event) => event.kind === 'sync'))
  const second = peer(port)
  t.after(() => second.destroy())
  await eventually(30, () => (closed ? true : undefined))
  second.write(Buffer.concat([one, two, endOfRib]))
  await eventually(30, () => (events.filter((event) => event.kind === 'sync').length === 2 ? true : undefined))
  assert.deepEqual(
    running.rib.snapshot().map(({ stale }) => stale),
    [undefined, undefined],
  )
  assert.equal(events.filter((event) => event.kind === 'withdraw').length, 0)
})

test('a peer that promised to restart and does not come back loses its topology in time', async (t) => {
  const { events, port, size } = await collector(t)
  const socket = peer(port)
  socket.write(Buffer.concat([one, endOfRib]))
  await eventually(3, () => events.find((event) => event.kind === 'sync'))
  socket.destroy()
  await eventually(4, () => (size() === 0 ? true : undefined))
  assert.equal(events.at(-1)?.kind, 'withdraw')
})

test('a peer without graceful restart loses its topology at once', async (t) => {
  const { events, port, size } = await collector(t)
  const socket = peer(port, {})
  socket.write(Buffer.concat([one, endOfRib]))
  await eventually(3, () => events.find((event) => event.kind === 'sync'))
  socket.destroy()
  await eventually(1, () => (size() === 0 ? true : undefined))
})

test('what is not said again between begin and end of a route refresh goes (RFC 7313)', async (t) => {
  const { events, port, size } = await collector(t)
  const socket = peer(port)
  socket.write(Buffer.concat([one, two, endOfRib]))
  await eventually(3, () => events.find((event) => event.kind === 'sync'))
  socket.write(Buffer.concat([encodeRouteRefresh(LS, 'begin'), two, encodeRouteRefresh(LS, 'end')]))
  await eventually(3, () => (size() === 1 ? true : undefined))
  const last = events.at(-1)
  assert.equal(last?.kind === 'withdraw' && last.id, 'isis-l2:0::0000.0000.0001')
  socket.destroy()
})

test('an UPDATE of 10,000 bytes is taken from a peer that offers extended messages (RFC 8654), else it is an error', async (t) => {
  const long = announcing(node('000000000003'), tlv(1025, 'ab'.repeat(10_000))).bytes
  const { events, port, size } = await collector(t)
  const able = peer(port, { extendedMessage: true })
  able.write(long)
  await eventually(3, () => (size() === 1 ? true : undefined))
  able.destroy()
  await eventually(3, () => (size() === 0 ? true : undefined))
  const unable = peer(port, {})
  unable.write(long)
  await eventually(3, () => {
    const downs = events.filter((event) => event.kind === 'session' && event.state === 'down')
    return downs.length === 2 ? true : undefined
  })
  assert.equal(size(), 0)
})

test('a peer that sends a byte at a time does not stop the others', async (t) => {
  const { port, size } = await collector(t)
  const slow = connect(port, '127.0.0.1')
  slow.on('error', () => {})
  const drip = setInterval(() => slow.write(Buffer.from([0xff])), 50)
  t.after(() => {
    clearInterval(drip)
    slow.destroy()
  })
  const fast = peer(port)
  fast.write(one)
  await eventually(2, () => (size() === 1 ? true : undefined))
  fast.destroy()
})
