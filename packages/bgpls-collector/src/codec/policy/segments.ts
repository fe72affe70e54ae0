import type { PolicySegment, PolicySegmentList } from '@segchain/records'
import { ipBytes, ipText } from '../address.js'
import { type FlagNames, flagBits, flagsOf } from '../bits.js'
import type { ByteReader } from '../reader.js'
import { sidStructure } from '../srv6/sid-structure.js'
import { decodeTlvs, encodeTlvs, listTlv, registry } from '../tlv.js'
import { readLabelOrSid, writeLabelOrSid } from './labels.js'
import { segmentBehavior } from './segment-behavior.js'

/** S E V R A of RFC 9857 §5.7.1. */
const FLAGS: FlagNames = ['sid-present', 'explicit', 'verified', 'resolved', 'algorithm']

type Part = 'algorithm' | 'local4' | 'local16' | 'localInterface' | 'remote4' | 'remote16' | 'remoteInterface'

/** RFC 9857 §5.7.1.1 to .11: what describes a segment of each type (A = 1), and whether its SID is SRv6. */
const TYPES: readonly ({ readonly srv6: boolean; readonly parts: readonly Part[] } | undefined)[] = [
  undefined,
  { srv6: false, parts: ['algorithm'] },
  { srv6: true, parts: ['algorithm'] },
  { srv6: false, parts: ['algorithm', 'local4'] },
  { srv6: false, parts: ['algorithm', 'local16'] },
  { srv6: false, parts: ['local4', 'localInterface'] },
  { srv6: false, parts: ['local4', 'remote4'] },
  { srv6: false, parts: ['local16', 'localInterface', 'remote16', 'remoteInterface'] },
  { srv6: false, parts: ['local16', 'remote16'] },
  { srv6: true, parts: ['algorithm', 'local16'] },
  { srv6: true, parts: ['local16', 'localInterface', 'remote16', 'remoteInterface'] },
  { srv6: true, parts: ['local16', 'remote16'] },
]

function readPart(reader: ByteReader, part: Part): Partial<PolicySegment> {
  switch (part) {
    case 'algorithm':
      return { algorithm: reader.u8() }
    case 'local4':
      return { localAddress: ipText(reader.take(4)) }
    case 'local16':
      return { localAddress: ipText(reader.take(16)) }
    case 'remote4':
      return { remoteAddress: ipText(reader.take(4)) }
    case 'remote16':
      return { remoteAddress: ipText(reader.take(16)) }
    case 'localInterface':
      return { localInterfaceId: reader.u32() }
    case 'remoteInterface':
      return { remoteInterfaceId: reader.u32() }
  }
}

const subTlvs = registry<PolicySegment>(segmentBehavior<PolicySegment>(), sidStructure<PolicySegment>())

/**
 * ```
 * | Segment Type  |   RESERVED    |             Flags             |   RFC 9857 §5.7.1
 * |  SID (4 or 16)  |  Segment Descriptor  |  sub-TLVs
 * ```
 */
export const segment = listTlv<PolicySegmentList, PolicySegment>({
  code: 1206,
  read(value, context) {
    const start = value.position
    const type = value.u8()
    value.skip(1)
    const flags = flagsOf(value.u16(), FLAGS, 16)
    const known = TYPES[type]
    if (known === undefined) {
      value.position = start
      throw value.error('SEGMENT_TYPE', `segment type ${type} is not known`, { treatment: 'kept-raw' })
    }
    const sid = readLabelOrSid(value, known.srv6)
    const draft: PolicySegment = { type, flags, ...(flags.includes('sid-present') ? sid : {}) }
    for (const part of known.parts) {
      // Some write a label without the descriptor that RFC 9857 §5.7.1.1 gives it.
      if (part === 'algorithm' && value.left === 0) continue
      Object.assign(draft, readPart(value, part))
    }
    decodeTlvs(value, subTlvs, draft, context)
    return draft
  },
  write: (writer, one, context) => {
    const { srv6, parts } = TYPES[one.type] ?? { srv6: false, parts: [] }
    writer
      .u8(one.type)
      .u8(0)
      .u16(flagBits(one.flags, FLAGS, 16))
    writeLabelOrSid(writer, one, srv6)
    for (const part of parts) {
      if (part === 'algorithm') writer.u8(one.algorithm ?? 0)
      else if (part === 'localInterface') writer.u32(one.localInterfaceId ?? 0)
      else if (part === 'remoteInterface') writer.u32(one.remoteInterfaceId ?? 0)
      else {
        const address = part.startsWith('local') ? one.localAddress : one.remoteAddress
        writer.bytes(ipBytes(address ?? '') ?? Buffer.alloc(part.endsWith('16') ? 16 : 4))
      }
    }
    encodeTlvs(one, subTlvs, writer, context)
  },
  get: (from) => from.segments,
  add: (into, one) => into.segments.push(one),
})
