import type { ByteReader } from './reader.js'
import type { ByteWriter } from './writer.js'

/** A SID as it stands in prefix-, adjacency- and peer-SID TLVs: an index or a label. */
export interface SidValue {
  index?: number
  label?: number
}

const LABEL_MAX = 0xf_ffff

/**
 * Reads the rest of a SID TLV. 3 bytes are a label (the 20 rightmost bits), 4 bytes an index
 * (RFC 8667 §2.1.1.1, RFC 9085 §2.3.1). The value flag decides when a peer puts a label in 4 bytes.
 */
export function readSid(reader: ByteReader, isValue: boolean): SidValue {
  const start = reader.position
  if (reader.left === 3) return { label: reader.u24() & LABEL_MAX }
  const value = reader.u32()
  if (!isValue) return { index: value }
  if (value <= LABEL_MAX) return { label: value }
  reader.position = start
  throw reader.error('SID_RANGE', `the SID ${value} has its value flag set, but is no label of 20 bits`, {
    treatment: 'kept-raw',
  })
}

/** A label in 3 bytes, an index in 4. */
export function writeSid(writer: ByteWriter, sid: SidValue): void {
  if (sid.label !== undefined) writer.u24(sid.label)
  else writer.u32(sid.index ?? 0)
}
