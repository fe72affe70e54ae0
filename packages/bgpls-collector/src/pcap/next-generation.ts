import { DecodeError } from '../codec/decode-error.js'
import type { ByteSource } from './byte-source.js'
import { MAX_PACKET, type Packet } from './packet.js'

/** Block types of draft-ietf-opsawg-pcapng §10.1. */
const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE = 1
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
const OLD_PACKET = 2
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
/** A block with a packet, its options and some room. */
const MAX_BLOCK = 16 * 1024 * 1024

export function isPcapng(magic: number): boolean {
  return magic === SECTION_HEADER
}

interface Section {
  little: boolean
  interfaces: { linkType: number; snapLength: number }[]
}

/**
 * ```
 * | Block Type | Block Total Length | body, padded to 32 bits | Block Total Length |   draft-ietf-opsawg-pcapng §3.1
 * ```
 * repeated; sections may differ in byte order.
 */
export async function* readPcapng(source: ByteSource): AsyncGenerator<Packet> {
  const section: Section = { little: true, interfaces: [] }
  for (;;) {
    const start = source.offset
    const head = await source.peek(12)
    if (head.length === 0) return
    if (head.length < 12) throw broken('a block header is cut off', start, 12, head.length)
    if (head.readUInt32BE(0) === SECTION_HEADER) beginSection(section, head, start)
    const u32 = (bytes: Buffer, at: number) => (section.little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
    const length = u32(head, 4)
    if (length < 12 || length > MAX_BLOCK || length % 4 !== 0) {
      throw broken(`a block of ${length} bytes cannot be`, start + 4, 12, length)
    }
    const block = await source.take(length)
    if (block.length < length) throw broken('the last block is cut off', start, length, block.length)
    const packet = packetOf(u32(block, 0), block.subarray(8, length - 4), section, start + 8, u32)
    if (packet !== undefined) yield packet
  }
}

function beginSection(section: Section, head: Buffer, start: number): void {
  section.interfaces = []
  if (head.readUInt32LE(8) === BYTE_ORDER_MAGIC) section.little = true
  else if (head.readUInt32BE(8) === BYTE_ORDER_MAGIC) section.little = false
  else throw broken('a section header without byte-order magic', start + 8, 4, 4)
}

function packetOf(
  type: number,
  body: Buffer,
  section: Section,
  offset: number,
  u32: (bytes: Buffer, at: number) => number,
): Packet | undefined {
  const need = (length: number) => {
    if (body.length < length) throw broken('a block is shorter than its fields', offset, length, body.length)
  }
  if (type === INTERFACE) {
    need(8)
    const linkType = section.little ? body.readUInt16LE(0) : body.readUInt16BE(0)
    section.interfaces.push({ linkType, snapLength: u32(body, 4) })
    return undefined
  }
  if (type === ENHANCED_PACKET || type === OLD_PACKET) {
    need(20)
    const id = type === ENHANCED_PACKET ? u32(body, 0) : section.little ? body.readUInt16LE(0) : body.readUInt16BE(0)
    return slice(body, 20, u32(body, 12), section.interfaces[id]?.linkType, offset)
  }
  if (type === SIMPLE_PACKET) {
    need(4)
    const [first] = section.interfaces
    const limit = first === undefined || first.snapLength === 0 ? MAX_PACKET : first.snapLength
    return slice(body, 4, Math.min(u32(body, 0), limit, body.length - 4), first?.linkType, offset)
  }
  return undefined
}

function slice(body: Buffer, at: number, length: number, linkType: number | undefined, offset: number): Packet {
  if (linkType === undefined) throw broken('a packet of an interface that was not described', offset, 1, 0)
  if (length > body.length - at) throw broken('a packet is longer than its block', offset, length, body.length - at)
  return { linkType, bytes: body.subarray(at, at + length), offset: offset + at }
}

function broken(message: string, offset: number, need: number, have: number): DecodeError {
  return new DecodeError({ code: 'PCAP', message, path: 'pcapng', offset, need, have })
}
