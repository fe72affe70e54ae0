import { SegchainError } from '@segchain/records'
import { broken } from './broken.js'
import type { ByteSource } from './byte-source.js'
import { type CaptureOptions, MAX_PACKET, type Packet } from './packet.js'

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

/** The fields of a record header. */
interface RecordHeader {
  readonly seconds: number
  readonly fraction: number
  readonly length: number
  readonly original: number
}

interface Layout {
  readonly nanoseconds: boolean
  readonly little: boolean
}

const RECORD_HEADER = 16
/** Enough to make the promises few; more would only keep what is made of the packets alive for longer. */
const MAX_BATCH = 32
/** A capture does not go on a year before or after the packet that was read last. */
const YEAR = 366 * 86_400

/**
 * ```
 * | magic | major, minor | (zone) | (sigfigs) | snaplen | FCS, link type |   draft-ietf-opsawg-pcap §4
 * | seconds | µs or ns | captured length | original length | bytes          repeated
 * ```
 */
export async function* readClassicPcap(source: ByteSource, options: CaptureOptions = {}): AsyncGenerator<Packet> {
  for await (const packets of readClassicPcapInBatches(source, options)) yield* packets
}

/** The same, all packets at once that can be had without waiting. */
export async function* readClassicPcapInBatches(
  source: ByteSource,
  { onDamage }: CaptureOptions = {},
): AsyncGenerator<readonly Packet[]> {
  if (!(await source.fill(24))) throw broken('the file header is cut off', 0, 24, source.peek(24).length)
  const header = source.take(24)
  const { little, nanoseconds } = MAGIC.get(header.readUInt32BE(0)) ?? { little: false, nanoseconds: false }
  const layout = { nanoseconds, little }
  const linkType = (little ? header.readUInt32LE(20) : header.readUInt32BE(20)) & 0xffff
  let last: number | undefined
  let batch: Packet[] = []
  for (;;) {
    if (batch.length === MAX_BATCH) {
      yield batch
      batch = []
    }
    let found: RecordHeader | SegchainError | undefined = recordThatIsThere(source, layout)
    if (found === undefined) {
      // The bytes of a batch are a view of what is read next.
      if (batch.length > 0) yield batch
      batch = []
      found = await nextRecord(source, layout)
      if (found === undefined) return
    }
    if (found instanceof SegchainError) {
      if (onDamage === undefined) throw found
      onDamage(found)
      if (!(await findRecord(source, layout, last))) return
      continue
    }
    const { seconds, fraction, length } = found
    last = seconds
    const offset = source.offset
    const bytes = source.take(length)
    batch.push({ linkType, bytes, offset, time: { seconds, nanoseconds: nanoseconds ? fraction : fraction * 1000 } })
  }
}

/** Takes a record header if it and its packet are there and can be; nothing is taken otherwise. */
function recordThatIsThere(source: ByteSource, layout: Layout): RecordHeader | undefined {
  if (!source.has(RECORD_HEADER)) return undefined
  const record = headerAt(source, 0, layout)
  const { length, fraction } = record
  if (length > MAX_PACKET || fraction >= (layout.nanoseconds ? 1e9 : 1e6)) return undefined
  if (!source.has(RECORD_HEADER + length)) return undefined
  source.skip(RECORD_HEADER)
  return record
}

/** Takes a record header whose bytes are there; nothing is taken when it is broken. `undefined` at the end. */
async function nextRecord(source: ByteSource, layout: Layout): Promise<RecordHeader | SegchainError | undefined> {
  const start = source.offset
  if (!source.has(RECORD_HEADER) && !(await source.fill(RECORD_HEADER))) {
    const rest = source.peek(RECORD_HEADER).length
    return rest === 0 ? undefined : broken('a record header is cut off', start, RECORD_HEADER, rest)
  }
  const record = headerAt(source, 0, layout)
  const { length, fraction } = record
  if (length > MAX_PACKET) return broken(`a packet of ${length} bytes cannot be`, start + 8, MAX_PACKET, length)
  const unit = layout.nanoseconds ? 1e9 : 1e6
  if (fraction >= unit) return broken(`a second has no fraction ${fraction}`, start + 4, unit, fraction)
  const whole = RECORD_HEADER + length
  if (!source.has(whole) && !(await source.fill(whole))) {
    const have = source.peek(whole).length - RECORD_HEADER
    return broken('the last packet is cut off', start + RECORD_HEADER, length, have)
  }
  source.skip(RECORD_HEADER)
  return record
}

/** @param at bytes ahead; they are there. */
function headerAt(source: ByteSource, at: number, { little }: Layout): RecordHeader {
  return {
    seconds: source.u32(at, little),
    fraction: source.u32(at + 4, little),
    length: source.u32(at + 8, little),
    original: source.u32(at + 12, little),
  }
}

/**
 * Goes on, byte by byte, to what looks like a record: a header that can be, near the last time, with its packet
 * whole and followed by another one or by the end. `false` when there is none: all is taken then.
 */
async function findRecord(source: ByteSource, layout: Layout, last: number | undefined): Promise<boolean> {
  source.take(1)
  while (await source.fill(RECORD_HEADER)) {
    const found = headerAt(source, 0, layout)
    if (plausible(found, layout, last)) {
      const end = RECORD_HEADER + found.length
      const more = await source.fill(end + RECORD_HEADER)
      if (more ? plausible(headerAt(source, end, layout), layout, found.seconds) : source.left === end) return true
    }
    source.skip(1)
  }
  source.take(RECORD_HEADER)
  return false
}

function plausible(record: RecordHeader, { nanoseconds }: Layout, last: number | undefined): boolean {
  const { seconds, fraction, length, original } = record
  if (length === 0 || length > original || original > MAX_PACKET) return false
  return fraction < (nanoseconds ? 1e9 : 1e6) && (last === undefined || Math.abs(seconds - last) < YEAR)
}
