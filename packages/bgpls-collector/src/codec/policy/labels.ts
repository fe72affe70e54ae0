import { ipBytes, ipv6Text } from '../address.js'
import type { ByteReader } from '../reader.js'
import type { ByteWriter } from '../writer.js'

/** An MPLS label in the 20 leftmost bits of 4 bytes, or an SRv6 SID (RFC 9857 §5.1, §5.7.1). */
export interface LabelOrSid {
  label?: number
  sid?: string
}

export function readLabelOrSid(reader: ByteReader, srv6: boolean): LabelOrSid {
  return srv6 ? { sid: ipv6Text(reader.take(16)) } : { label: reader.u32() >>> 12 }
}

export function writeLabelOrSid(writer: ByteWriter, { label, sid }: LabelOrSid, srv6: boolean): void {
  if (srv6) writer.bytes(ipBytes(sid ?? '::') ?? Buffer.alloc(16))
  else writer.u32((label ?? 0) * 0x1000)
}
