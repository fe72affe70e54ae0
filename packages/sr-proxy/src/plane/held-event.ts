import type { HeldFrame } from './plane.js'

const HELD = 1

/** `struct sr_event`; undefined for what this version does not know. */
export function decodeHeld(record: Buffer): HeldFrame | undefined {
  if (record.length < 16 || record.readUInt32LE(0) !== HELD) return undefined
  const length = record.readUInt32LE(12)
  if (length > record.length - 16) return undefined
  return {
    service: record.readUInt32LE(4),
    interfaceIndex: record.readUInt32LE(8),
    frame: Buffer.from(record.subarray(16, 16 + length)),
  }
}
