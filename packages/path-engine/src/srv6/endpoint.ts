import { bitsAt, prefixBits, withBits } from './address.js'
import type { Srv6Packet } from './packet.js'
import { csidBits, type Srv6Sid } from './sid.js'

/** What an endpoint makes of a packet whose destination is its SID. */
export type Processed =
  /** On by the new destination; over the SID's own link, where it is an End.X. `how` says what was done. */
  | { readonly kind: 'onward'; readonly packet: Srv6Packet; readonly how: 'shift' | 'replace' | 'next-segment' }
  /** The outer header is off: what was carried goes on by itself. */
  | { readonly kind: 'decapsulate' }
  | { readonly kind: 'drop'; readonly why: string }

/**
 * RFC 8986 §4 and RFC 9800 §4, as far as the way of the packet depends on it. Neither hop limit nor upper layer
 * are looked at.
 */
export function processAt(sid: Srv6Sid, packet: Srv6Packet): Processed {
  const { behavior, structure } = sid
  if (behavior.csid === 'next' && structure !== undefined) {
    const { locatorBlockBits: block } = structure
    const taken = block + csidBits(structure)
    const argument = bitsAt(packet.destination, taken, 128 - taken)
    if (argument !== 0n) {
      const destination = withBits(prefixBits(packet.destination, block), block, 128 - taken, argument)
      return { kind: 'onward', packet: { ...packet, destination }, how: 'shift' }
    }
  }
  const { header } = packet
  const transit = behavior.base === 'End' || behavior.base === 'End.X' || behavior.base === 'End.T'
  const atEnd = header === undefined || header.segmentsLeft === 0
  if (behavior.csid === 'replace' && transit && header !== undefined) {
    const replaced = replace(sid, packet)
    if (replaced !== undefined) return replaced
  }
  const isService = sid.service !== undefined
  if (!transit && !isService) {
    if (!behavior.base.startsWith('End.D')) return { kind: 'drop', why: `what ${behavior.name} does is not followed` }
    if (!atEnd) return { kind: 'drop', why: `${behavior.name} is not the last segment (RFC 8986 §4.4)` }
    return { kind: 'decapsulate' }
  }
  if (atEnd) {
    if (behavior.usd) return { kind: 'decapsulate' }
    return { kind: 'drop', why: `the list ends at ${behavior.name}, which does not decapsulate (no USD)` }
  }
  return nextSegment(packet, behavior.psp)
}

/** RFC 8986 §4.1 S12-S15, with PSP §4.16.1. */
function nextSegment({ header }: Srv6Packet, psp: boolean): Processed {
  const segmentsLeft = (header?.segmentsLeft ?? 0) - 1
  const destination = header?.segments[segmentsLeft]
  if (header === undefined || destination === undefined) {
    return { kind: 'drop', why: 'Segments Left points behind the list (RFC 8754 §4.3.1.1)' }
  }
  const popped = psp && segmentsLeft === 0
  return {
    kind: 'onward',
    packet: { destination, ...(popped ? {} : { header: { ...header, segmentsLeft } }) },
    how: 'next-segment',
  }
}

/** RFC 9800 §4.2.1; undefined when the list ends here. */
function replace(sid: Srv6Sid, packet: Srv6Packet): Processed | undefined {
  const { structure, behavior } = sid
  const { header, destination } = packet
  if (structure === undefined || header === undefined) return undefined
  const length = csidBits(structure)
  const places = Math.floor(128 / length)
  const indexBits = Math.ceil(Math.log2(places))
  const entry = (left: number, index: number): bigint => bitsAt(header.segments[left] ?? 0n, index * length, length)
  let index = Number(bitsAt(destination, 128 - indexBits, indexBits))
  let { segmentsLeft } = header
  if (segmentsLeft === 0 && (index === 0 || entry(0, index - 1) === 0n)) return undefined
  if (index !== 0) {
    index -= 1
    if (entry(segmentsLeft, index) === 0n) return nextSegment(packet, behavior.psp)
  } else {
    segmentsLeft -= 1
    index = places - 1
  }
  if (segmentsLeft >= header.segments.length) return { kind: 'drop', why: 'Segments Left points behind the list' }
  let next = withBits(destination, structure.locatorBlockBits, length, entry(segmentsLeft, index))
  next = withBits(next, 128 - indexBits, indexBits, BigInt(index))
  const last = segmentsLeft === 0 && (index === 0 || entry(0, index - 1) === 0n)
  const popped = behavior.psp && last
  return {
    kind: 'onward',
    packet: { destination: next, ...(popped ? {} : { header: { ...header, segmentsLeft } }) },
    how: 'replace',
  }
}
