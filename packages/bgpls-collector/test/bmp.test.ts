import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import type { SessionRecord, Sync } from '@segchain/records'
import { BmpRouter } from '../src/bmp/bmp-router.js'
import { BmpFramer } from '../src/capture/bmp-framer.js'
import { encodeOpen } from '../src/codec/bgp/open.js'
import { bmpMessageAt } from '../src/codec/bmp/message.js'
import { readInput } from '../src/decode/read-input.js'
import { CaptureDecoder, Rib, readRecordedSession, type TopologyEvent } from '../src/index.js'
import { Metrics } from '../src/metrics/metrics.js'
import { PendingBytes } from '../src/pending-bytes.js'
import { RecordedRib } from '../src/record/recorded-rib.js'
import type { RecordedStep } from '../src/record/recording.js'
import { RecordingReplay } from '../src/record/replay-recording.js'
import { BmpStation } from '../src/session/bmp-station.js'
import { announcing, decodeFixture, fixture, nlri, tlv } from './support/fixtures.js'
import { eventually } from './support/peers.js'
import { tcpCapture } from './support/tcp-capture.js'

const CAPTURE = 'frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap'

// source: RFC 7854 §4.1, §4.2, §4.4, §4.10, written out by hand; the BGP messages inside are those of FRR
function bmp(type: number, body: Buffer): Buffer {
  const header = Buffer.from([3, 0, 0, 0, 0, type])
  header.writeUInt32BE(6 + body.length, 1)
  return Buffer.concat([header, body])
}

const peerHeader = Buffer.from(
  `0000${'00'.repeat(8)}${'00'.repeat(12)}0a6300010000fde80aff000100000000${'00000000'}`,
  'hex',
)
const initiation = bmp(4, Buffer.from('00010003465252000200027231', 'hex'))

async function stream(): Promise<Buffer[]> {
  const { updates, open } = await readRecordedSession(createReadStream(fixture(CAPTURE)))
  const ours = encodeOpen(open ?? { version: 4, asn: 1, holdTime: 9, bgpId: '1.1.1.1', capabilities: { families: [] } })
  const up = bmp(3, Buffer.concat([peerHeader, Buffer.alloc(16), Buffer.from('00b3c000', 'hex'), ours, ours]))
  return [initiation, up, ...updates.map((update) => bmp(0, Buffer.concat([peerHeader, update])))]
}

const bare = (records: readonly { sources?: unknown }[]) => records.map(({ sources: _, ...record }) => record)

test('a BMP station has the topology that the monitored session has, and withdraws it when the peer goes down', async (t) => {
  const events: (TopologyEvent | SessionRecord | Sync)[] = []
  const rib = new Rib()
  const station = new BmpStation(
    {
      listen: { host: '127.0.0.1', port: 0 },
      allowed: () => true,
      quietSeconds: 0.3,
      strictOrder: false,
      maxSessions: 4,
    },
    rib,
    { event: (event) => events.push(event), problem: (_treatment, error) => assert.fail(error), log: () => {} },
  )
  const { port } = await station.start()
  t.after(() => station.stop())
  const socket = connect(port, '127.0.0.1')
  const bytes = Buffer.concat(await stream())
  // In pieces that have nothing to do with messages.
  for (let at = 0; at < bytes.length; at += 1000) socket.write(bytes.subarray(at, at + 1000))
  await eventually(5, () => events.find((event) => event.kind === 'sync'))
  const { topology } = await decodeFixture(CAPTURE)
  assert.deepEqual(bare(rib.snapshot()), bare(topology))
  assert.deepEqual(rib.snapshot()[0]?.sources, ['10.255.0.1@10.99.0.1 via r1'])
  socket.write(bmp(2, Buffer.concat([peerHeader, Buffer.from([4])])))
  await eventually(5, () => (rib.size === 0 ? true : undefined))
  const down = events.find((event) => event.kind === 'session' && event.state === 'down')
  assert.equal(down?.kind === 'session' && down.reason, 'the peer closed the session')
  socket.destroy()
})

test('a bare BMP stream is a recording too', async () => {
  const messages = await stream()
  const chunks = (async function* () {
    yield Buffer.concat(messages)
  })()
  let count = 0
  for await (const event of readInput(chunks)) if (event.kind === 'bmp') count++
  assert.equal(count, messages.length)
})

test('a broken UPDATE in a BMP message costs that message, not the router', async () => {
  const router = new BmpRouter('10.0.0.1', { strictOrder: false })
  const [, up, first] = await stream()
  const broken = Buffer.from(first ?? Buffer.alloc(0))
  broken.writeUInt16BE(0xffff, 48 + 19 + 2)
  const findings = [up ?? broken, broken, first ?? broken].flatMap((bytes) => {
    const message = bmpMessageAt(bytes, 0)
    return message === undefined ? [] : router.message(message)
  })
  assert.deepEqual(
    findings.map((finding) => finding.kind),
    ['session', 'error', 'update'],
  )
})

// source: draft-ietf-grow-bmp-tlv: type, length, index, value; revision 20 has the BGP message in type 7, earlier ones in 1
for (const [what, head] of [
  ['with an index (type 7)', (length: string) => `0007 ${length} 0000`],
  ['with an index (type 1)', (length: string) => `0001 ${length} 0000`],
  ['without an index', (length: string) => `0007 ${length}`],
] as const) {
  test(`BMP version 4: the UPDATE is found in its TLV, ${what}, between others`, async () => {
    const [, , first] = await stream()
    assert.ok(first)
    const update = first.subarray(6 + 42)
    const length = update.length.toString(16).padStart(4, '0')
    const other = what === 'without an index' ? '0002 0002 abcd' : '0002 0002 0000 abcd'
    const body = Buffer.concat([
      peerHeader,
      Buffer.from(other.replaceAll(' ', ''), 'hex'),
      Buffer.from(head(length).replaceAll(' ', ''), 'hex'),
      update,
    ])
    const message = bmpMessageAt(Buffer.concat([Buffer.from([4]), bmp(0, body).subarray(1)]), 0)
    assert.ok(message)
    const findings = new BmpRouter('10.0.0.1', { strictOrder: false }).message(message)
    const found = findings.find((finding) => finding.kind === 'update')
    assert.ok(found)
    assert.ok(found.update.announced.length + (found.update.endOfRib ?? 0) > 0)
  })
}

test('BMP version 4 without a BGP message in it is an error of ours, and the router goes on', () => {
  const message = bmpMessageAt(Buffer.concat([Buffer.from([4]), bmp(0, peerHeader).subarray(1)]), 0)
  assert.ok(message)
  const [finding] = new BmpRouter('10.0.0.1', { strictOrder: false }).message(message)
  assert.equal(finding?.kind, 'error')
})

// source: RFC 7854 §4.8: count, then type, length, value
test('statistics of a monitored peer are metrics until the peer is gone', () => {
  const body = Buffer.concat([
    peerHeader,
    Buffer.from('00000002 0000 0004 00000005 0007 0008 0000000000000009'.replaceAll(' ', ''), 'hex'),
  ])
  const message = bmpMessageAt(bmp(1, body), 0)
  assert.ok(message)
  const [finding] = new BmpRouter('10.0.0.1', { strictOrder: false }).message(message)
  assert.equal(finding?.kind, 'statistics')
  assert.deepEqual(finding.counters, { 0: '5', 7: '9' })
  const metrics = new Metrics()
  metrics.statistics(finding.source, finding.counters)
  const state = { sessionsUp: 0, peersSynced: 0, objects: {}, waiting: 0 }
  assert.match(
    metrics.page(state),
    /segchain_bgpls_bmp_statistic\{peer="10\.255\.0\.1@10\.99\.0\.1 via 10\.0\.0\.1",type="7"\} 9/,
  )
  metrics.statistics(finding.source, {})
  assert.doesNotMatch(metrics.page(state), /bmp_statistic\{/)
})

/** A node that a router called `name` reports, as a whole BMP stream up to now. */
function reporting(name: string, ...systemIds: readonly string[]): Buffer {
  const sysName = Buffer.concat([Buffer.from([0, 2, 0, name.length]), Buffer.from(name)])
  const updates = systemIds.map(
    (id) => announcing(nlri(1, 2, tlv(256, tlv(515, id))), tlv(1026, Buffer.from(id.slice(-2)).toString('hex'))).bytes,
  )
  return Buffer.concat([bmp(4, sysName), ...updates.map((update) => bmp(0, Buffer.concat([peerHeader, update])))])
}

async function station(t: TestContext, strictOrder = false) {
  const steps: RecordedStep[] = []
  const results: TopologyEvent[] = []
  const events: (TopologyEvent | SessionRecord | Sync)[] = []
  const problems: string[] = []
  const recorder = { step: (step: RecordedStep) => steps.push(step), result: (one: TopologyEvent) => results.push(one) }
  const rib = new RecordedRib(recorder)
  const running = new BmpStation(
    {
      listen: { host: '127.0.0.1', port: 0 },
      allowed: () => true,
      quietSeconds: 60,
      strictOrder,
      maxSessions: 8,
    },
    rib,
    {
      event: (event) => events.push(event),
      problem: (treatment, error) => problems.push(`${treatment} ${error.code}`),
      log: () => {},
    },
    recorder,
  )
  const { port } = await running.start()
  t.after(() => running.stop())
  const router = (): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    t.after(() => socket.destroy())
    return socket
  }
  /** What each object is reported by, by the end of its id. */
  const seen = () => rib.snapshot().map(({ id, sources = [] }) => `${id.slice(-2)} ${sources.toSorted().join(' + ')}`)
  const sees = (...expected: readonly string[]) =>
    eventually(10, () => (JSON.stringify(seen()) === JSON.stringify(expected) ? true : undefined)).catch(() =>
      assert.deepEqual(seen(), expected),
    )
  return { steps, results, events, problems, router, sees }
}

const from = (router: string) => `10.255.0.1@10.99.0.1 via ${router}`

test('three BMP routers: what several report stays until the last one is gone, and a broken stream costs its router only', async (t) => {
  const { router, sees, problems } = await station(t)
  const [a, b, c] = [router(), router(), router()]
  // A header comes in two pieces, with another router's messages between them.
  const bytes = reporting('a', '000000000001', '000000000002')
  a.write(bytes.subarray(0, 3))
  b.write(reporting('b', '000000000002'))
  await sees(`02 ${from('b')}`)
  a.write(bytes.subarray(3))
  await sees(`01 ${from('a')}`, `02 ${from('a')} + ${from('b')}`)
  c.write(reporting('c', '000000000003'))
  await sees(`01 ${from('a')}`, `02 ${from('a')} + ${from('b')}`, `03 ${from('c')}`)
  c.write(Buffer.from('09ffffffff00', 'hex'))
  await sees(`01 ${from('a')}`, `02 ${from('a')} + ${from('b')}`)
  assert.deepEqual(problems, ['session-reset BMP_HEADER'])
  a.destroy()
  await sees(`02 ${from('b')}`)
  b.write(bmp(5, Buffer.from('000100020000', 'hex')))
  await sees()
})

test('a router that comes back before its old connection has ended keeps its topology when that ends', async (t) => {
  const { router, sees } = await station(t)
  const [old, back] = [router(), router()]
  old.write(reporting('r1', '000000000001'))
  await sees(`01 ${from('r1')}`)
  back.write(reporting('r1', '000000000001'))
  await sees(`01 ${from('r1')} + ${from('r1 (127.0.0.1)')}`)
  old.destroy()
  await sees(`01 ${from('r1 (127.0.0.1)')}`)
  const third = router()
  third.write(reporting('r1', '000000000002'))
  await sees(`01 ${from('r1 (127.0.0.1)')}`, `02 ${from('r1')}`)
})

test('what BMP routers said is recorded, and is run again to the same output', async (t) => {
  const { router, sees, steps, results } = await station(t, true)
  const [a, b] = [router(), router()]
  a.write(reporting('a', '000000000001', '000000000002'))
  await sees(`01 ${from('a')}`, `02 ${from('a')}`)
  b.write(reporting('b', '000000000002', '000000000003'))
  await sees(`01 ${from('a')}`, `02 ${from('a')} + ${from('b')}`, `03 ${from('b')}`)
  a.destroy()
  await sees(`02 ${from('b')}`, `03 ${from('b')}`)
  assert.equal(steps.filter((step) => step.do === 'update').length, 4)
  assert.ok(steps.every((step) => step.do !== 'update' || step.strict === true))
  const replay = new RecordingReplay()
  const again = steps.flatMap((step) => replay.step(JSON.parse(JSON.stringify(step)) as RecordedStep))
  assert.deepEqual(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(results)))
})

/** Objects of a capture, and who reports them. */
async function reportedIn(capture: Buffer): Promise<string[]> {
  const decoder = new CaptureDecoder({ strictOrder: false })
  const chunks = async function* () {
    yield capture
  }
  for await (const _ of decoder.decode(chunks())) {
    // The state at the end is looked at.
  }
  return decoder.rib.snapshot().map(({ id, sources = [] }) => `${id.slice(-2)} ${sources.toSorted().join(' + ')}`)
}

test('a capture of two BMP routers with the same sysName keeps them apart by their addresses', async () => {
  const to = { to: '192.0.2.9', toPort: 5000 }
  const first = { from: '192.0.2.1', ...to }
  const second = { from: '192.0.2.2', ...to }
  const [one, two] = [reporting('PE', '000000000001'), reporting('PE', '000000000001', '000000000002')]
  const capture = tcpCapture([
    { ...first, sequence: 100, flags: 'syn' },
    { ...second, sequence: 200, flags: 'syn' },
    { ...first, sequence: 101, bytes: one },
    { ...second, sequence: 201, bytes: two },
  ])
  const seen = [`01 ${from('PE')} + ${from('PE (192.0.2.2)')}`, `02 ${from('PE (192.0.2.2)')}`]
  assert.deepEqual(await reportedIn(capture), seen)
})

test('in a capture a BMP router that comes back is the same one, and another at its name is not', async () => {
  const to = { to: '192.0.2.9', toPort: 5000 }
  const first = { from: '192.0.2.1', ...to }
  const again = { ...first, fromPort: 50_001 }
  const other = { from: '192.0.2.2', ...to }
  const one = reporting('PE', '000000000001')
  const two = reporting('PE', '000000000001', '000000000002')
  const capture = tcpCapture([
    { ...first, sequence: 100, flags: 'syn' },
    { ...first, sequence: 101, bytes: one },
    { ...first, sequence: 101 + one.length, flags: 'fin' },
    { ...other, sequence: 300, flags: 'syn' },
    { ...other, sequence: 301, bytes: reporting('PE', '000000000003') },
    { ...again, sequence: 200, flags: 'syn' },
    { ...again, sequence: 201, bytes: two },
  ])
  const seen = [`01 ${from('PE')}`, `02 ${from('PE')}`, `03 ${from('PE (192.0.2.2)')}`]
  assert.deepEqual(await reportedIn(capture), seen)
})

test('a BMP stream gives the same messages however it is cut, a byte at a time too', async () => {
  const bytes = Buffer.concat(await stream())
  const messages = (cut: number) => {
    const framer = new BmpFramer()
    const found: string[] = []
    for (let at = 0; at < bytes.length; at += cut) {
      for (const one of framer.push(bytes.subarray(at, at + cut), false)) {
        assert.ok('bmp' in one)
        found.push(one.bmp.bytes.toString('hex'))
      }
    }
    assert.equal(framer.pending, 0)
    return found
  }
  const whole = messages(bytes.length)
  assert.ok(whole.length > 10)
  for (const cut of [1, 7, 100, 1000]) assert.deepEqual(messages(cut), whole)
})

test('what waits for the rest of a long message is moved a few times, not once for each byte', () => {
  const pending = new PendingBytes()
  const places = new Set<ArrayBufferLike>()
  for (let at = 0; at < 1024 * 1024; at++) {
    const all = pending.with(Buffer.from([at & 0xff]))
    places.add(all.buffer)
    pending.keep(all, 0)
  }
  assert.equal(pending.length, 1024 * 1024)
  assert.ok(places.size < 40, `${places.size} places`)
  const last = pending.with(Buffer.from([7]))
  assert.deepEqual([...last.subarray(254, 258)], [254, 255, 0, 1])
  pending.keep(last, last.length - 2)
  assert.deepEqual([...pending.with(Buffer.from([9]))], [255, 7, 9])
})
