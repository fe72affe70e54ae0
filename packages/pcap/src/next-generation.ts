import { SegchainError } from '@segchain/records'
import { broken } from './broken.js'
import type { ByteSource } from './byte-source.js'
import { type CaptureInterface, interfaceOf, timeOf } from './capture-interface.js'
import { type CaptureOptions, MAX_PACKET, type Packet } from './packet.js'

/** Block types of draft-ietf-opsawg-pcapng §10.1. */
const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
/** A block with a packet, its options and some room. */
const MAX_BLOCK = 16 * 1024 * 1024
/** What is looked for behind damage: a block with a packet and its options. */
const MAX_SEARCHED_BLOCK = MAX_PACKET + 4096
const KNOWN = new Set([SECTION_HEADER, INTERFACE, OLD_PACKET, SIMPLE_PACKET, ENHANCED_PACKET])

export function isPcapng(magic: number): boolean {
  return magic === SECTION_HEADER
}

interface Section {
  little: boolean
  interfaces: CaptureInterface[]
}

/**
 * ```
 * | Block Type | Block Total Length | body, padded to 32 bits | Block Total Length |   draft-ietf-opsawg-pcapng §3.1
 * ```
 * repeated; sections may differ in byte order.
 */
export async function* readPcapng(source: ByteSource, { onDamage }: CaptureOptions = {}): AsyncGenerator<Packet> {
  const section: Section = { little: true, interfaces: [] }
  for (;;) {
    const start = source.offset
    try {
      const block = await nextBlock(source, section)
      if (block === undefined) return
      const body = block.subarray(8, block.length - 4)
      const packet = packetOf(u32(section, block, 0), body, section, start + 8)
      if (packet !== undefined) yield packet
    } catch (error) {
      if (onDamage === undefined || !(error instanceof SegchainError) || error.code !== 'CAPTURE_BROKEN') throw error
      onDamage(error)
      // A block that was taken was wrong inside its length: the next one follows.
      if (source.offset === start && !(await findBlock(source, section))) return
    }
  }
}

/** Takes a block; nothing is taken when it is broken. `undefined` at the end. */
async function nextBlock(source: ByteSource, section: Section): Promise<Buffer | undefined> {
  const start = source.offset
  if (!source.has(12) && !(await source.fill(12))) {
    const rest = source.peek(12).length
    if (rest === 0) return undefined
    throw broken('a block header is cut off', start, 12, rest)
  }
  const head = source.peek(12)
  if (head.readUInt32BE(0) === SECTION_HEADER) beginSection(section, head, start)
  const length = u32(section, head, 4)
  if (length < 12 || length > MAX_BLOCK || length % 4 !== 0) {
    throw broken(`a block of ${length} bytes cannot be`, start + 4, 12, length)
  }
  if (!source.has(length) && !(await source.fill(length))) {
    throw broken('the last block is cut off', start, length, source.peek(length).length)
  }
  return source.take(length)
}

/** Goes on, 4 bytes by 4, to a known block whose two lengths agree. `false` when there is none: all is taken then. */
async function findBlock(source: ByteSource, section: Section): Promise<boolean> {
  source.take(4)
  while (await source.fill(12)) {
    const head = source.peek(12)
    const length = u32(section, head, 4)
    if (KNOWN.has(u32(section, head, 0)) && length >= 12 && length <= MAX_SEARCHED_BLOCK && length % 4 === 0) {
      if ((await source.fill(length)) && u32(section, source.peek(length), length - 4) === length) return true
    }
    source.take(4)
  }
  source.take(12)
  return false
}

function u32(section: Section, bytes: Buffer, at: number): number {
  return section.little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}

function beginSection(section: Section, head: Buffer, start: number): void {
  section.interfaces = []
  if (head.readUInt32LE(8) === BYTE_ORDER_MAGIC) section.little = true
  else if (head.readUInt32BE(8) === BYTE_ORDER_MAGIC) section.little = false
  else throw broken('a section header without byte-order magic', start + 8, 4, 4)
}

function packetOf(type: number, body: Buffer, section: Section, offset: number): Packet | undefined {
  const need = (length: number) => {
    if (body.length < length) throw broken('a block is shorter than its fields', offset, length, body.length)
  }
  if (type === INTERFACE) {
    need(8)
    section.interfaces.push(interfaceOf(body, section.little, offset))
    return undefined
  }
  if (type === ENHANCED_PACKET || type === OLD_PACKET) {
    need(20)
    const id =
      type === ENHANCED_PACKET ? u32(section, body, 0) : section.little ? body.readUInt16LE(0) : body.readUInt16BE(0)
    const from = section.interfaces[id]
    const packet = slice(body, 20, u32(section, body, 12), from, offset)
    const time = timeOf(u32(section, body, 4), u32(section, body, 8), from)
    return { ...packet, time }
  }
  if (type === SIMPLE_PACKET) {
    need(4)
    const [first] = section.interfaces
    const limit = first === undefined || first.snapLength === 0 ? MAX_PACKET : first.snapLength
    return slice(body, 4, Math.min(u32(section, body, 0), limit, body.length - 4), first, offset)
  }
  return undefined
}

function slice(body: Buffer, at: number, length: number, from: CaptureInterface | undefined, offset: number): Packet {
  if (from === undefined) throw broken('a packet of an interface that was not described', offset, 1, 0)
  if (length > body.length - at) throw broken('a packet is longer than its block', offset, length, body.length - at)
  return { linkType: from.linkType, bytes: body.subarray(at, at + length), offset: offset + at }
}
