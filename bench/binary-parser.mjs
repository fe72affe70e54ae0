// What binary-parser's generated code costs where the time goes: the TLVs of a BGP-LS Attribute, walked by it and by the
// collector's ByteReader, and the fixed header of a BMP peer (where the collector uses it).
//   node bench/binary-parser.mjs
import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '../packages/bgpls-collector')
const { Parser } = createRequire(join(packageRoot, 'package.json'))('binary-parser')
const { readRecordedSession } = await import(join(packageRoot, 'dist/src/index.js'))
const { ByteReader } = await import(join(packageRoot, 'dist/src/codec/reader.js'))
const capture = join(packageRoot, 'test/fixtures/frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')

/** The BGP-LS Attribute of an UPDATE: behind its flags 0x90 (or 0x80) and type 29. */
function attributeOf(update) {
  for (let at = 23; at + 4 < update.length; ) {
    const long = (update[at] & 0x10) !== 0
    const length = long ? update.readUInt16BE(at + 2) : update[at + 2]
    const start = at + (long ? 4 : 3)
    if (update[at + 1] === 29) return update.subarray(start, start + length)
    at = start + length
  }
  return undefined
}
const { updates } = await readRecordedSession(createReadStream(capture))
const attributes = updates.map(attributeOf).filter((found) => found !== undefined)

const tlv = new Parser().uint16be('type').uint16be('length').buffer('value', { length: 'length' })
const generated = new Parser().array('tlvs', { type: tlv, readUntil: 'eof' })
function byHand(bytes) {
  const reader = ByteReader.over(bytes, 'attribute')
  const tlvs = []
  while (reader.left > 0) {
    const type = reader.u16()
    tlvs.push({ type, value: reader.sub(reader.u16(), type) })
  }
  return tlvs
}

const header = Buffer.alloc(42, 1)
const peer = new Parser()
  .uint8('type')
  .uint8('flags')
  .buffer('distinguisher', { length: 8 })
  .buffer('address', { length: 16 })
  .uint32be('asn')
  .buffer('bgpId', { length: 4 })
  .uint32be('seconds')
  .uint32be('microseconds')
function peerByHand(bytes) {
  const reader = ByteReader.over(bytes, 'peer')
  return {
    type: reader.u8(),
    flags: reader.u8(),
    distinguisher: reader.take(8),
    address: reader.take(16),
    asn: reader.u32(),
    bgpId: reader.take(4),
    seconds: reader.u32(),
    microseconds: reader.u32(),
  }
}

function nanoseconds(work) {
  for (let i = 0; i < 50_000; i++) work(i)
  const begin = process.cpuUsage()
  const rounds = 300_000
  for (let i = 0; i < rounds; i++) work(i)
  const { user, system } = process.cpuUsage(begin)
  return ((user + system) * 1000) / rounds
}
const of = (i) => attributes[i % attributes.length]
for (const [what, one, other] of [
  ['TLVs of a BGP-LS Attribute', (i) => generated.parse(of(i)), (i) => byHand(of(i))],
  ['BMP per-peer header', () => peer.parse(header), () => peerByHand(header)],
]) {
  const [theirs, ours] = [nanoseconds(one), nanoseconds(other)]
  console.log(
    `${what}: binary-parser ${theirs.toFixed(0)} ns, ByteReader ${ours.toFixed(0)} ns (${(theirs / ours).toFixed(1)} times)`,
  )
}
