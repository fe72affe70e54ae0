import type { LabelRange } from '@segchain/records'
import { exact } from '../lists.js'
import type { ByteReader } from '../reader.js'
import type { ByteWriter } from '../writer.js'

/** SID/Label, RFC 9085 §2.1.1. */
const SID_LABEL = 1161

/**
 * ```
 * |                  Range Size                   |  RFC 9085 §2.1.2, §2.1.4
 * |  SID/Label sub-TLV (1161), 3 bytes: a label, 4 bytes: an index
 * ```
 * repeated. A range is kept only if it can exist: at least one label, all of them of 20 bits.
 */
export function readLabelRanges(reader: ByteReader): LabelRange[] {
  const ranges: LabelRange[] = []
  while (reader.left > 0) {
    const start = reader.position
    const size = reader.u24()
    const first = readFirst(reader)
    if (size === 0 || first + size > 0x10_0000) {
      reader.position = start
      throw reader.error('LABEL_RANGE', `a label range of ${size} labels from ${first} cannot exist`, {
        treatment: 'kept-raw',
      })
    }
    ranges.push({ first, size })
  }
  return exact(ranges)
}

function readFirst(reader: ByteReader): number {
  const code = reader.u16()
  const value = reader.sub(reader.u16(), code)
  if (code !== SID_LABEL) throw value.error('SUB_TLV', `a label range holds TLV ${SID_LABEL}, not ${code}`)
  const first = value.left === 3 ? value.u24() & 0xf_ffff : value.u32()
  value.expectEnd()
  return first
}

export function writeLabelRanges(writer: ByteWriter, ranges: readonly LabelRange[]): void {
  for (const { first, size } of ranges) writer.u24(size).u16(SID_LABEL).u16(3).u24(first)
}
