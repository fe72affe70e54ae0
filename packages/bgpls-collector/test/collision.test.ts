import assert from 'node:assert/strict'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { keepalive } from '../src/codec/bgp/message.js'
import { encodeOpen } from '../src/codec/bgp/open.js'
import { Collector } from '../src/index.js'
import { loserOf } from '../src/session/collision.js'
import { eventually } from './support/peers.js'

const ours = { bgpId: '10.0.0.5', asn: 65_000 }
const out = { outgoing: true, established: false }
const incoming = { outgoing: false, established: false }

// source: RFC 4271 §6.8, RFC 6286 §2.3
test('of two connections the one stays that the side with the higher identifier has opened', () => {
  const [lower, higher] = [
    { bgpId: '10.0.0.4', asn: 65_001 },
    { bgpId: '10.0.0.10', asn: 65_001 },
  ]
  assert.equal(loserOf(out, incoming, ours, lower), 'newer')
  assert.equal(loserOf(incoming, out, ours, lower), 'older')
  assert.equal(loserOf(out, incoming, ours, higher), 'older')
  assert.equal(loserOf(incoming, out, ours, higher), 'newer')
})

test('an established connection stays; of equal identifiers the higher AS number counts', () => {
  const higher = { bgpId: '10.0.0.10', asn: 65_001 }
  assert.equal(loserOf({ ...out, established: true }, incoming, ours, higher), 'newer')
  assert.equal(loserOf(out, incoming, ours, { ...ours, asn: 64_999 }), 'newer')
  assert.equal(loserOf(out, incoming, ours, { ...ours, asn: 65_001 }), 'older')
})

/** What a peer made of bytes has got on a connection. */
interface Side {
  readonly socket: Socket
  received: Buffer
  closed: boolean
}

function side(t: TestContext, socket: Socket): Side {
  const one: Side = { socket, received: Buffer.alloc(0), closed: false }
  t.after(() => socket.destroy())
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    one.received = Buffer.concat([one.received, bytes])
  })
  socket.on('close', () => {
    one.closed = true
  })
  return one
}

const open = (bgpId: string, asn = 65_001) =>
  encodeOpen({
    version: 4,
    asn,
    holdTime: 90,
    bgpId,
    capabilities: { families: [{ afi: 16388, safi: 71 }], fourOctetAsn: asn },
  })

/** NOTIFICATION (type 3): Cease, Connection Collision Resolution. */
const COLLISION = Buffer.from('ffffffff0015030607', 'hex')

async function collector(t: TestContext, peers: readonly { host: string; port: number }[]) {
  const up: string[] = []
  const running = new Collector(
    {
      session: { localAsn: ours.asn, bgpId: ours.bgpId, holdTime: 90, connectRetry: 0.2 },
      peers,
      listen: { host: '127.0.0.1', port: 0 },
      allowed: () => true,
      quietSeconds: 60,
      strictOrder: false,
      maxStaleSeconds: 5,
      maxSessions: 8,
    },
    {
      event: (event) => {
        if (event.kind === 'session') up.push(`${event.peer} ${event.state}`)
      },
      problem: () => {},
      log: () => {},
    },
  )
  t.after(() => running.stop())
  const { port = 0 } = (await running.start()) ?? {}
  return { port, up, dial: () => side(t, connect(port, '127.0.0.1')) }
}

test('a peer with a higher identifier connects too: ours is closed, and opened again when the peer closes its own', async (t) => {
  const taken: Side[] = []
  const server = createServer((socket) => taken.push(side(t, socket)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { dial, up } = await collector(t, [{ host: '127.0.0.1', port: (server.address() as AddressInfo).port }])
  const ofOurs = await eventually(30, () => taken[0])
  ofOurs.socket.write(open('10.0.0.10'))
  // A KEEPALIVE (19 bytes) behind the OPEN: OpenConfirm.
  await eventually(30, () => (ofOurs.received.subarray(-3).toString('hex') === '001304' ? true : undefined))
  const ofTheirs = dial()
  ofTheirs.socket.write(Buffer.concat([open('10.0.0.10'), keepalive]))
  await eventually(30, () => (ofOurs.received.includes(COLLISION) && ofOurs.closed ? true : undefined))
  await eventually(30, () => (up.includes('10.0.0.10@127.0.0.1 up') ? true : undefined))
  assert.equal(ofTheirs.closed, false)
  assert.equal(taken.length, 1)
  ofTheirs.socket.destroy()
  const again = await eventually(30, () => taken[1])
  again.socket.write(Buffer.concat([open('10.0.0.10'), keepalive]))
  await eventually(30, () => (up.filter((one) => one.endsWith('up')).length === 2 ? true : undefined))
})

// source: RFC 6286 §2.1
test('two peers with the same identifier in two AS are no collision', async (t) => {
  const { dial, up } = await collector(t, [])
  const [one, two] = [dial(), dial()]
  one.socket.write(Buffer.concat([open('10.0.0.10', 65_001), keepalive]))
  await eventually(30, () => (up.length === 1 ? true : undefined))
  two.socket.write(Buffer.concat([open('10.0.0.10', 65_002), keepalive]))
  await eventually(30, () => (up.length === 2 ? true : undefined))
  assert.equal(one.closed || two.closed, false)
})

test('a connection that is given up ends, also when its peer never stops sending', async (t) => {
  const { dial } = await collector(t, [])
  const flooding = dial()
  // An UPDATE before any OPEN.
  const update = Buffer.from(`${'ff'.repeat(16)}00170200000000`, 'hex')
  const timer = setInterval(() => flooding.socket.write(update), 50)
  t.after(() => clearInterval(timer))
  await eventually(60, () => (flooding.closed ? true : undefined))
})
