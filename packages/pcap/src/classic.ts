import { broken } from './broken.js'
import type { ByteSource } from './byte-source.js'
import { MAX_PACKET, type Packet } from './packet.js'

/** Magic numbers of draft-ietf-opsawg-pcap §4, as read big-endian. */
const MAGIC = new Map([
  [0xa1b2c3d4, { little: false, nanoseconds: false }],
  [0xa1b23c4d, { little: false, nanoseconds: true }],
  [0xd4c3b2a1, { little: true, nanoseconds: false }],
  [0x4d3cb2a1, { little: true, nanoseconds: true }],
])

export function isClassicPcap(magic: number): boolean {
  return MAGIC.has(magic)
}

/**
 * ```
 * | magic | major, minor | (zone) | (sigfigs) | snaplen | FCS, link type |   draft-ietf-opsawg-pcap §4
 * | seconds | µs or ns | captured length | original length | bytes          repeated
 * ```
 */
export async function* readClassicPcap(source: ByteSource): AsyncGenerator<Packet> {
  if (!(await source.fill(24))) throw broken('the file header is cut off', 0, 24, source.peek(24).length)
  const header = source.take(24)
  const kind = MAGIC.get(header.readUInt32BE(0)) ?? { little: false, nanoseconds: false }
  const u32 = kind.little
    ? (bytes: Buffer, at: number) => bytes.readUInt32LE(at)
    : (bytes: Buffer, at: number) => bytes.readUInt32BE(at)
  const linkType = u32(header, 20) & 0xffff
  for (;;) {
    const start = source.offset
    if (!source.has(16) && !(await source.fill(16))) {
      const rest = source.peek(16).length
      if (rest === 0) return
      throw broken('a record header is cut off', start, 16, rest)
    }
    const record = source.take(16)
    const fraction = u32(record, 4)
    const seconds = u32(record, 0)
    const length = u32(record, 8)
    if (length > MAX_PACKET) throw broken(`a packet of ${length} bytes cannot be`, start + 8, MAX_PACKET, length)
    if (fraction >= (kind.nanoseconds ? 1e9 : 1e6)) {
      throw broken(`a second has no fraction ${fraction}`, start + 4, kind.nanoseconds ? 1e9 : 1e6, fraction)
    }
    const offset = source.offset
    if (!source.has(length) && !(await source.fill(length))) {
      throw broken('the last packet is cut off', offset, length, source.peek(length).length)
    }
    const bytes = source.take(length)
    yield { linkType, bytes, offset, time: { seconds, nanoseconds: kind.nanoseconds ? fraction : fraction * 1000 } }
  }
}
