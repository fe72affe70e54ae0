import { udpRecord } from '@segchain/pcap'

const RECORD_HEADER = 16
const ETHERNET = 14
const MPLS = 0x8847
const PAYLOAD = 'what a gamer sends'

/** An IPv4 packet of the traffic that the example steers: UDP from behind r1 to 198.51.100.0/24. */
export function gamersPacket(): Buffer {
  const from = { address: [203, 0, 113, 9], port: 40_000 } as const
  const to = { address: [198, 51, 100, 10], port: 3074 } as const
  const headers = udpRecord(0, 0, from, to, PAYLOAD.length).subarray(RECORD_HEADER + ETHERNET)
  return Buffer.concat([headers, Buffer.from(PAYLOAD)])
}

/** @param labels top first */
export function labelledFrame(labels: readonly number[], packet: Buffer, to: string, from: string): Buffer {
  const stack = Buffer.alloc(4 * labels.length)
  for (const [index, label] of labels.entries()) {
    const bottom = index === labels.length - 1 ? 0x100 : 0
    stack.writeUInt32BE(((label << 12) | bottom | 64) >>> 0, 4 * index)
  }
  const type = Buffer.from([MPLS >> 8, MPLS & 255])
  return Buffer.concat([macBytes(to), macBytes(from), type, stack, packet])
}

export interface Frame {
  /** Destination MAC address. */
  readonly to: string
  /** Top first; none: bare IP. */
  readonly labels: readonly number[]
  readonly packet: Buffer
}

export function readFrame(bytes: Buffer): Frame {
  const to = bytes
    .subarray(0, 6)
    .toString('hex')
    .replace(/(..)(?!$)/g, '$1:')
  const labels: number[] = []
  let at = ETHERNET
  for (let more = bytes.readUInt16BE(12) === MPLS; more; at += 4) {
    const entry = bytes.readUInt32BE(at)
    labels.push(entry >>> 12)
    more = (entry & 0x100) === 0
  }
  return { to, labels, packet: Buffer.from(bytes.subarray(at)) }
}

function macBytes(address: string): Buffer {
  return Buffer.from(address.replaceAll(':', ''), 'hex')
}
