import { checksum, type Ip, ip, PROTOCOL } from './ip.js'

export interface Flow extends Ip {
  readonly sourcePort?: number
  readonly destinationPort?: number
  readonly payload?: number
}

export function udpSegment({ sourcePort = 1024, destinationPort = 9, payload = 16 }: Flow): Buffer {
  const bytes = Buffer.alloc(8 + payload, 0xa5)
  bytes.writeUInt16BE(sourcePort, 0)
  bytes.writeUInt16BE(destinationPort, 2)
  bytes.writeUInt16BE(8 + payload, 4)
  // RFC 768: none
  bytes.writeUInt16BE(0, 6)
  return bytes
}

/** @param flags SYN 2, RST 4, ACK 16 */
export function tcpSegment({ sourcePort = 1024, destinationPort = 80, payload = 0 }: Flow, flags = 2): Buffer {
  const bytes = Buffer.alloc(20 + payload, 0x5a)
  bytes.writeUInt16BE(sourcePort, 0)
  bytes.writeUInt16BE(destinationPort, 2)
  bytes.writeUInt32BE(1, 4)
  bytes.writeUInt32BE(0, 8)
  bytes[12] = 0x50
  bytes[13] = flags
  bytes.writeUInt16BE(65535, 14)
  bytes.writeUInt32BE(0, 16)
  return bytes
}

export function udp(flow: Flow): Buffer {
  return ip(flow, PROTOCOL.udp, udpSegment(flow))
}

export function tcp(flow: Flow, flags?: number): Buffer {
  return ip(flow, PROTOCOL.tcp, tcpSegment(flow, flags))
}

/** RFC 792, RFC 4443: type, code, the 4 octets after the checksum, and the rest. */
export function icmp(header: Ip, type: number, code: number, word: number, rest: Uint8Array): Buffer {
  const six = header.source.includes(':')
  const body = Buffer.concat([Buffer.from([type, code, 0, 0, 0, 0, 0, 0]), rest])
  body.writeUInt32BE(word >>> 0, 4)
  const pseudo = Buffer.alloc(six ? 40 : 0)
  if (six) {
    const outer = ip(header, PROTOCOL.icmpv6, body)
    pseudo.set(outer.subarray(8, 40))
    pseudo.writeUInt32BE(body.length, 32)
    pseudo[39] = PROTOCOL.icmpv6
  }
  body.writeUInt16BE(checksum(pseudo, body), 2)
  return ip(header, six ? PROTOCOL.icmpv6 : PROTOCOL.icmp, body)
}
