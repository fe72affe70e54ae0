import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { datagramOf, ipPacketOf, type Packet, pcapHeader, readCapture, udpRecord } from '../src/index.js'

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')
async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function all(bytes: Buffer, size = 7): Promise<Packet[]> {
  const packets: Packet[] = []
  for await (const packet of readCapture(pieces(bytes, size))) {
    packets.push({ ...packet, bytes: Buffer.from(packet.bytes) })
  }
  return packets
}

// source: RFC 768, RFC 791 by hand: 10.0.0.1:5000 → 10.0.0.2:6000, 4 bytes of payload, one 802.1Q tag
const frame = hex(`020000000002 020000000001 8100 0064 0800
  4500 0020 0000 4000 4011 0000 0a000001 0a000002 1388 1770 000c 0000 deadbeef`)
const udp = {
  transport: 'udp',
  source: '10.0.0.1',
  destination: '10.0.0.2',
  sourcePort: 5000,
  destinationPort: 6000,
  payloadBytes: 4,
} as const

function classic(order: 'LE' | 'BE', magic: number, fraction: number): Buffer {
  const bytes = Buffer.alloc(40)
  const put = (value: number, at: number) =>
    order === 'LE' ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at)
  put(magic, 0)
  put(65535, 16)
  put(1, 20)
  put(1_700_000_000, 24)
  put(fraction, 28)
  put(frame.length, 32)
  put(frame.length, 36)
  return Buffer.concat([bytes, frame])
}

for (const order of ['LE', 'BE'] as const) {
  for (const [magic, fraction, nanoseconds] of [
    [0xa1b2c3d4, 123_456, 123_456_000],
    [0xa1b23c4d, 123_456_789, 123_456_789],
  ] as const) {
    test(`a pcap of ${order} and magic ${magic.toString(16)} gives exact times`, async () => {
      const [packet] = await all(classic(order, magic, fraction))
      assert.ok(packet)
      assert.deepEqual(packet.time, { seconds: 1_700_000_000, nanoseconds })
      const ip = ipPacketOf(packet)
      assert.ok(ip)
      assert.deepEqual(datagramOf(ip), udp)
    })
  }
}

test('a pcapng with nanosecond resolution and a time offset gives exact times', async () => {
  const section = hex('0a0d0d0a 0000001c 1a2b3c4d 00010000 ffffffffffffffff 0000001c')
  // if_tsresol 9, if_tsoffset 5
  const described = hex('00000001 00000028 0001 0000 00000000 0009 0001 09000000 000e 0008 0000000000000005 00000028')
  const padded = Buffer.concat([frame, Buffer.alloc((4 - (frame.length % 4)) % 4)])
  const units = 1_700_000_000_123_456_789n
  const head = Buffer.alloc(28)
  head.writeUInt32BE(6, 0)
  head.writeUInt32BE(32 + padded.length, 4)
  head.writeUInt32BE(Number(units >> 32n), 12)
  head.writeUInt32BE(Number(units & 0xffffffffn), 16)
  head.writeUInt32BE(frame.length, 20)
  head.writeUInt32BE(frame.length, 24)
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(32 + padded.length)
  const [packet] = await all(Buffer.concat([section, described, head, padded, tail]))
  assert.deepEqual(packet?.time, { seconds: 1_700_000_005, nanoseconds: 123_456_789 })
})

test('a frame cut by the snap length keeps the length of its header', async () => {
  const from = { address: [10, 0, 0, 1], port: 1 } as const
  const to = { address: [10, 0, 0, 2], port: 2 } as const
  const [packet] = await all(Buffer.concat([pcapHeader(), udpRecord(1, 2, from, to, 1200)]), 1)
  assert.ok(packet)
  const ip = ipPacketOf(packet)
  assert.ok(ip)
  assert.equal(datagramOf(ip)?.payloadBytes, 1200)
})

test('IPv6 with a hop-by-hop header, in RFC 5952 text', () => {
  const ip = hex(`60000000 0014 00 40 20010db8000000000000000000000001 20010db8000000010000000000000002
    1100000000000000 1388 1770 000c 0000 deadbeef`)
  assert.deepEqual(datagramOf(ip), { ...udp, source: '2001:db8::1', destination: '2001:db8:0:1::2' })
})

test('a later fragment is no datagram', () => {
  const ip = Buffer.from(frame.subarray(18))
  ip.writeUInt16BE(0x0010, 6)
  assert.equal(datagramOf(ip), undefined)
})

test('what is no capture, and a capture cut off, are errors with an offset', async () => {
  await assert.rejects(all(Buffer.from('{"kind":"header"}')), { code: 'NO_CAPTURE' })
  await assert.rejects(all(classic('LE', 0xa1b2c3d4, 0).subarray(0, 50)), {
    code: 'CAPTURE_BROKEN',
    where: { offset: 40 },
  })
})

test('no bytes crash the reader or make it hang', async () => {
  const runs = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)
  const heads = [Buffer.alloc(0), pcapHeader(), hex('0a0d0d0a 0000001c 1a2b3c4d 00010000 ffffffffffffffff 0000001c')]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), async (head, rest) => {
      try {
        for (const packet of await all(Buffer.concat([head, rest]), 13)) {
          const ip = ipPacketOf(packet)
          if (ip !== undefined) datagramOf(ip)
        }
      } catch (error) {
        assert.equal((error as { category?: string }).category, 'data')
      }
    }),
    { numRuns: runs },
  )
})
