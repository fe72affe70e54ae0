import assert from 'node:assert/strict'
import test from 'node:test'
import type { SegchainError } from '@segchain/records'
import { pcapHeader, readCapture, udpRecord } from '../src/index.js'

const from = { address: [10, 0, 0, 1], port: 1 } as const
const to = { address: [10, 0, 0, 2], port: 2 } as const
const records = Array.from({ length: 5 }, (_, index) => udpRecord(1_700_000_000 + index, 0, from, to, 100 + index))
const capture = Buffer.concat([pcapHeader(), ...records])
const RECORD = records[0]?.length ?? 0

/** One Enhanced Packet Block a packet, behind a section and an interface (draft-ietf-opsawg-pcapng §4). */
function pcapng(): Buffer {
  const block = (type: number, body: Buffer) => {
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(type, 0)
    ends.writeUInt32BE(body.length + 12, 4)
    return Buffer.concat([ends, body, ends.subarray(4)])
  }
  const section = Buffer.from('1a2b3c4d00010000ffffffffffffffff', 'hex')
  const packets = records.map((record) => {
    const bytes = record.subarray(16)
    const head = Buffer.alloc(20)
    head.writeUInt32BE(bytes.length, 12)
    head.writeUInt32BE(bytes.length, 16)
    return block(6, Buffer.concat([head, bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]))
  })
  return Buffer.concat([block(0x0a0d0d0a, section), block(1, Buffer.from('0001000000000000', 'hex')), ...packets])
}

async function read(bytes: Buffer, goOn: boolean) {
  const damage: SegchainError[] = []
  const times: number[] = []
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 11) yield bytes.subarray(at, at + 11)
  }
  let thrown: unknown
  try {
    for await (const { time, offset } of readCapture(
      chunks(),
      goOn ? { onDamage: (error) => damage.push(error) } : {},
    )) {
      times.push(time === undefined || time.seconds === 0 ? offset : time.seconds - 1_700_000_000)
    }
  } catch (error) {
    thrown = error
  }
  return { times, damage, thrown: thrown as SegchainError | undefined }
}

test('a pcap cut in its last packet gives the packets before it, then the error with its offset', async () => {
  const { times, thrown } = await read(capture.subarray(0, capture.length - 7), false)
  assert.deepEqual(times, [0, 1, 2, 3])
  assert.equal(thrown?.code, 'CAPTURE_BROKEN')
  assert.equal(thrown?.where.offset, 24 + 4 * RECORD + 16)
})

test('with onDamage the cut packet is told once, and nothing is thrown', async () => {
  const { times, damage, thrown } = await read(capture.subarray(0, capture.length - 7), true)
  assert.deepEqual(times, [0, 1, 2, 3])
  assert.equal(damage.length, 1)
  assert.equal(thrown, undefined)
})

test('behind a record header that cannot be, a pcap goes on with the next packet', async () => {
  const bytes = Buffer.from(capture)
  bytes.fill(0xff, 24 + 2 * RECORD, 24 + 2 * RECORD + 16)
  const { times, damage } = await read(bytes, true)
  assert.deepEqual(times, [0, 1, 3, 4])
  assert.equal(damage.length, 1)
  assert.equal((await read(bytes, false)).thrown?.where.offset, 24 + 2 * RECORD + 8)
})

test('behind a block length that cannot be, a pcapng goes on with the next block', async () => {
  const bytes = pcapng()
  const whole = (await read(bytes, false)).times.length
  assert.equal(whole, 5)
  const block = bytes.length - 3 * ((bytes.length - 28 - 20) / 5)
  bytes.writeUInt32BE(0xfffffff3, block + 4)
  const { times, damage } = await read(bytes, true)
  assert.equal(times.length, 4)
  assert.equal(damage.length, 1)
  assert.equal((await read(bytes, false)).times.length, 2)
})

test('bytes without any packet behind the damage end the reading, however many there are', async () => {
  const { times, damage, thrown } = await read(Buffer.concat([capture, Buffer.alloc(10_000, 0xee)]), true)
  assert.deepEqual(times, [0, 1, 2, 3, 4])
  assert.equal(damage.length, 1)
  assert.equal(thrown, undefined)
})
