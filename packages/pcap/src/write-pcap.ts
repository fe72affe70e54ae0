/** The file header of a pcap with ns times and Ethernet frames, big-endian (draft-ietf-opsawg-pcap §4). */
export function pcapHeader(snapLength = 65_535): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32BE(0xa1b23c4d, 0)
  header.writeUInt16BE(2, 4)
  header.writeUInt16BE(4, 6)
  header.writeUInt32BE(snapLength, 16)
  header.writeUInt32BE(1, 20)
  return header
}

/** A pcap record with a whole frame, for a file that begins with {@link pcapHeader}. */
export function pcapRecord(seconds: number, nanoseconds: number, frame: Uint8Array): Buffer {
  const record = Buffer.alloc(16 + frame.length)
  record.writeUInt32BE(seconds, 0)
  record.writeUInt32BE(nanoseconds, 4)
  record.writeUInt32BE(frame.length, 8)
  record.writeUInt32BE(frame.length, 12)
  record.set(frame, 16)
  return record
}

/** One side of a UDP flow, IPv4. */
export interface Endpoint {
  /** Four octets. */
  readonly address: readonly [number, number, number, number]
  readonly port: number
}

const HEADERS = 14 + 20 + 8

/**
 * A pcap record with an Ethernet/IPv4/UDP frame of which only the headers are kept, as with a snap length
 * of 42: a long capture of generated traffic stays small, and every length is in the headers.
 * @param payloadBytes 0 to 65,507.
 */
export function udpRecord(seconds: number, nanoseconds: number, from: Endpoint, to: Endpoint, payloadBytes: number) {
  const record = Buffer.alloc(16 + HEADERS)
  record.writeUInt32BE(seconds, 0)
  record.writeUInt32BE(nanoseconds, 4)
  record.writeUInt32BE(HEADERS, 8)
  record.writeUInt32BE(HEADERS + payloadBytes, 12)
  const ethernet = 16
  record.set([2, 0, ...to.address], ethernet)
  record.set([2, 0, ...from.address], ethernet + 6)
  record.writeUInt16BE(0x0800, ethernet + 12)
  const ip = ethernet + 14
  record[ip] = 0x45
  record.writeUInt16BE(28 + payloadBytes, ip + 2)
  record.writeUInt16BE(0x4000, ip + 6)
  record[ip + 8] = 64
  record[ip + 9] = 17
  record.set(from.address, ip + 12)
  record.set(to.address, ip + 16)
  record.writeUInt16BE(internetChecksum(record.subarray(ip, ip + 20)), ip + 10)
  const udp = ip + 20
  record.writeUInt16BE(from.port, udp)
  record.writeUInt16BE(to.port, udp + 2)
  record.writeUInt16BE(8 + payloadBytes, udp + 4)
  return record
}

/** RFC 1071. */
function internetChecksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
