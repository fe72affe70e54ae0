import { ipBytes } from '../../src/codec/address.js'

/** One TCP segment; addresses of one family. */
export interface Segment {
  readonly from: string
  readonly to: string
  readonly fromPort?: number
  readonly toPort?: number
  readonly sequence: number
  readonly flags?: 'syn' | 'fin' | 'rst'
  readonly bytes?: Buffer
}

const FLAGS = { syn: 0x02, fin: 0x11, rst: 0x04 } as const

/** An IP packet with the segment. Checksums are 0, as they are in captures of a sender that offloads them. */
export function ipPacket({ from, to, fromPort = 50_000, toPort = 179, sequence, flags, bytes }: Segment): Buffer {
  const payload = bytes ?? Buffer.alloc(0)
  const tcp = Buffer.alloc(20)
  tcp.writeUInt16BE(fromPort, 0)
  tcp.writeUInt16BE(toPort, 2)
  tcp.writeUInt32BE(sequence >>> 0, 4)
  tcp[12] = 0x50
  tcp[13] = flags === undefined ? 0x10 : FLAGS[flags]
  const [source, destination] = [ipBytes(from), ipBytes(to)]
  if (source === undefined || destination === undefined) throw new Error('no addresses')
  const length = tcp.length + payload.length
  if (source.length === 4) {
    const ip = Buffer.alloc(12)
    ip[0] = 0x45
    ip.writeUInt16BE(20 + length, 2)
    ip.set([64, 6], 8)
    return Buffer.concat([ip, source, destination, tcp, payload])
  }
  const ip = Buffer.from('600000000000067f', 'hex')
  ip.writeUInt16BE(length, 4)
  ip.set([6, 64], 6)
  return Buffer.concat([ip, source, destination, tcp, payload])
}

/** A pcap, big-endian, of frames of one link type. */
export function pcapOf(linkType: number, frames: readonly Buffer[]): Buffer {
  const header = Buffer.from('a1b2c3d40002000400000000000000000003ffff00000000', 'hex')
  header.writeUInt32BE(linkType, 20)
  const records = frames.map((frame, index) => {
    const record = Buffer.alloc(16)
    record.writeUInt32BE(1_700_000_000 + index, 0)
    record.writeUInt32BE(frame.length, 8)
    record.writeUInt32BE(frame.length, 12)
    return Buffer.concat([record, frame])
  })
  return Buffer.concat([header, ...records])
}

/** LINKTYPE_RAW. */
export const tcpCapture = (segments: readonly Segment[]): Buffer => pcapOf(101, segments.map(ipPacket))
