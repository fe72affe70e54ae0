import { addressBytes } from '../../src/layout/address.js'

export interface Ip {
  readonly source: string
  readonly destination: string
  readonly ttl?: number
  /** The whole octet: DSCP and ECN. */
  readonly trafficClass?: number
  readonly id?: number
  readonly dontFragment?: boolean
  readonly moreFragments?: boolean
  /** Octets. */
  readonly fragmentOffset?: number
}

export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const

/** RFC 1071. */
export function checksum(...parts: readonly Uint8Array[]): number {
  const bytes = Buffer.concat(parts)
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

/** RFC 791 §3.1. */
export function ipv4(ip: Ip, protocol: number, payload: Uint8Array, options: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(20)
  header[0] = 0x40 | (5 + options.length / 4)
  header[1] = ip.trafficClass ?? 0
  header.writeUInt16BE(20 + options.length + payload.length, 2)
  header.writeUInt16BE(ip.id ?? 1, 4)
  const flags = (ip.dontFragment ? 0x4000 : 0) | (ip.moreFragments ? 0x2000 : 0)
  header.writeUInt16BE(flags | ((ip.fragmentOffset ?? 0) >> 3), 6)
  header[8] = ip.ttl ?? 64
  header[9] = protocol
  header.set(addressBytes(ip.source), 12)
  header.set(addressBytes(ip.destination), 16)
  header.writeUInt16BE(checksum(header, options), 10)
  return Buffer.concat([header, options, payload])
}

/** RFC 8200 §3; `next` is what `payload` begins with. */
export function ipv6(ip: Ip, next: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32BE((0x60000000 | ((ip.trafficClass ?? 0) << 20)) >>> 0, 0)
  header.writeUInt16BE(payload.length, 4)
  header[6] = next
  header[7] = ip.ttl ?? 64
  header.set(addressBytes(ip.source), 8)
  header.set(addressBytes(ip.destination), 24)
  return Buffer.concat([header, payload])
}

export function ip(header: Ip, protocol: number, payload: Uint8Array): Buffer {
  return header.source.includes(':') ? ipv6(header, protocol, payload) : ipv4(header, protocol, payload)
}

/** RFC 8200 §4.5. */
export function fragmentHeader(next: number, id: number, offset: number, more: boolean): Buffer {
  const bytes = Buffer.alloc(8)
  bytes[0] = next
  bytes.writeUInt16BE(offset | (more ? 1 : 0), 2)
  bytes.writeUInt32BE(id, 4)
  return bytes
}

/** An extension header of 8 octets (hop-by-hop, destination options, routing). */
export function extension(next: number): Buffer {
  return Buffer.from([next, 0, 1, 4, 0, 0, 0, 0])
}
