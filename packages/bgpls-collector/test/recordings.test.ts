import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { gunzipped } from '@segchain/pcap'
import { CaptureDecoder, readRecordedSession } from '../src/index.js'
import { decodeFixture, fixture } from './support/fixtures.js'

const CAPTURE = 'frr-captures/bgpls-frr10.7.1-ospf-sr.pcap'
const bare = (records: readonly { sources?: unknown }[]) => records.map(({ sources: _, ...record }) => record)

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function topologyOf(bytes: Buffer): Promise<unknown[]> {
  const decoder = new CaptureDecoder({ strictOrder: false })
  for await (const found of decoder.decode(gunzipped(once(bytes)))) assert.equal(found.kind, 'record')
  return bare(decoder.rib.snapshot())
}

const recorded = await readRecordedSession(createReadStream(fixture(CAPTURE)))
const expected = bare((await decodeFixture(CAPTURE)).topology)

// source: RFC 6396 §2, §4.4.3 (BGP4MP_MESSAGE_AS4), written out by hand around the messages of FRR
function mrt(update: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('0000fde80000fde8000000010a6300010a630002', 'hex'), update])
  const header = Buffer.from('000000000010000400000000', 'hex')
  header.writeUInt32BE(body.length, 8)
  return Buffer.concat([header, body])
}

test('MRT gives what the capture gives, gzipped too', async () => {
  const file = Buffer.concat(recorded.updates.map(mrt))
  assert.deepEqual(await topologyOf(file), expected)
  assert.deepEqual(await topologyOf(gzipSync(file)), expected)
})

/** An MRT record of type BGP4MP (16). */
function bgp4mp(subtype: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const header = Buffer.from('000000000010000000000000', 'hex')
  header.writeUInt16BE(subtype, 6)
  header.writeUInt32BE(body.length, 8)
  return Buffer.concat([header, body])
}

// source: RFC 6396 §4.4.1 (BGP4MP_STATE_CHANGE_AS4), §4.4.3, §4.4.4 (BGP4MP_MESSAGE_AS4_LOCAL)
test('MRT of two peers: what ends the session with one leaves the other, and what the recorder sent is its own', async () => {
  const [first = Buffer.alloc(0)] = recorded.updates
  const one = Buffer.from('0000fde80000fde8000000010a6300010a630002', 'hex')
  const two = Buffer.from('0000fde80000fde8000000010a6300090a630002', 'hex')
  const cease = Buffer.from(`${'ff'.repeat(16)}0015030602`, 'hex')
  const file = Buffer.concat([
    bgp4mp(4, one, first),
    bgp4mp(4, two, first),
    bgp4mp(4, two, cease),
    bgp4mp(7, one, first),
    bgp4mp(5, one, Buffer.from('00040006', 'hex')),
    bgp4mp(5, one, Buffer.from('00060001', 'hex')),
  ])
  const said: string[] = []
  const decoder = new CaptureDecoder({ strictOrder: false })
  for await (const found of decoder.decode(once(file))) {
    if (found.kind === 'record' && found.record.kind === 'session')
      said.push(`${found.record.peer} ${found.record.state}`)
  }
  assert.deepEqual(said, [
    '10.99.0.1 up',
    '10.99.0.9 up',
    '10.99.0.9 down',
    '10.99.0.2 up',
    '10.99.0.1 down',
    '10.99.0.2 down',
  ])
  assert.deepEqual(decoder.rib.snapshot()[0]?.sources, ['10.99.0.1', '10.99.0.2', '10.99.0.9'])
})

// source: RFC 6396 §4.3.1, §4.3.3
test('an MRT table dump (RIB_GENERIC) gives one object an entry', async () => {
  const record = (subtype: number, body: Buffer) => {
    const header = Buffer.from('00000000000d000000000000', 'hex')
    header.writeUInt16BE(subtype, 6)
    header.writeUInt32BE(body.length, 8)
    return Buffer.concat([header, body])
  }
  const peers = record(1, Buffer.from('0a0000ff00000001020aff00010a6300010000fde8', 'hex'))
  const nlri = Buffer.from('0001001703000000000000000001 00000a020300060000000000 01'.replaceAll(' ', ''), 'hex')
  const attributes = Buffer.from('40010100400200800e05040a000001c01d060402000272 31'.replaceAll(' ', ''), 'hex')
  attributes[attributes.length - 9] = 0x80
  const entry = Buffer.concat([
    Buffer.from('00000001400447', 'hex'),
    nlri,
    Buffer.from('0001000000000000', 'hex'),
    Buffer.from([0, attributes.length]),
    attributes,
  ])
  const decoder = new CaptureDecoder({ strictOrder: false })
  for await (const _ of decoder.decode(once(Buffer.concat([peers, record(6, entry)])))) {
    // The state at the end is looked at.
  }
  const [node] = decoder.rib.snapshot()
  assert.equal(node?.kind === 'node' && node.name, 'r1')
  assert.deepEqual(node?.sources, ['10.99.0.1'])
})

test('lines of hexadecimal text and a bare BGP stream give what the capture gives', async () => {
  const lines = recorded.updates.map((update) => update.toString('hex').replace(/(....)/g, '$1 '))
  assert.deepEqual(await topologyOf(Buffer.from(`# FRR\n\n${lines.join('\n')}\n`)), expected)
  assert.deepEqual(await topologyOf(Buffer.concat(recorded.updates)), expected)
})

test('an input that is nothing of this says so, with the offset', async () => {
  await assert.rejects(topologyOf(Buffer.from('{"kind":"header"}')), { name: 'SegchainError', code: 'NO_CAPTURE' })
  await assert.rejects(topologyOf(Buffer.alloc(0)), { name: 'SegchainError', code: 'NO_CAPTURE' })
})
