import { DecodeError } from '../codec/decode-error.js'
import type { ByteSource } from './byte-source.js'
import { MAX_PACKET, type Packet } from './packet.js'

/** Magic numbers of draft-ietf-opsawg-pcap §4, as read big-endian: µs and ns, each in both byte orders. */
const LITTLE = new Set([0xd4c3b2a1, 0x4d3cb2a1])
const BIG = new Set([0xa1b2c3d4, 0xa1b23c4d])

export function isClassicPcap(magic: number): boolean {
  return LITTLE.has(magic) || BIG.has(magic)
}

/**
 * ```
 * | magic | major, minor | (zone) | (sigfigs) | snaplen | FCS, link type |   draft-ietf-opsawg-pcap §4
 * | seconds | µs or ns | captured length | original length | bytes          repeated
 * ```
 */
export async function* readClassicPcap(source: ByteSource): AsyncGenerator<Packet> {
  const header = await source.take(24)
  if (header.length < 24) throw broken('the file header is cut off', header.length, 24, header.length)
  const little = LITTLE.has(header.readUInt32BE(0))
  const u32 = (bytes: Buffer, at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const linkType = u32(header, 20) & 0xffff
  for (;;) {
    const offset = source.offset
    const record = await source.take(16)
    if (record.length === 0) return
    if (record.length < 16) throw broken('a record header is cut off', offset, 16, record.length)
    const length = u32(record, 8)
    if (length > MAX_PACKET) throw broken(`a packet of ${length} bytes cannot be`, offset + 8, MAX_PACKET, length)
    const start = source.offset
    const bytes = await source.take(length)
    if (bytes.length < length) throw broken('the last packet is cut off', start, length, bytes.length)
    yield { linkType, bytes, offset: start }
  }
}

function broken(message: string, offset: number, need: number, have: number): DecodeError {
  return new DecodeError({ code: 'PCAP', message, path: 'pcap', offset, need, have })
}
