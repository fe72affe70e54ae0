import { ipv4Text, ipv6Text } from './address.js'
import { endOf, upperLayerOf } from './ip-header.js'

/** A TCP segment with the addresses of its IP packet, of which it is a view. */
export class TcpSegment {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence: number
  readonly syn: boolean
  readonly fin: boolean
  readonly rst: boolean
  readonly payload: Buffer
  /** A snap length has cut bytes off its end. */
  readonly cut: boolean
  readonly #ip: Buffer
  /** Where the source address is in the IP header; the destination's follows. */
  readonly #addresses: number
  readonly #width: 4 | 16

  /** @param start of the TCP header, which is whole. @param end of the payload. */
  constructor(ip: Buffer, start: number, end: number, addresses: number, width: 4 | 16) {
    const flags = ip[start + 13] ?? 0
    this.sourcePort = ip.readUInt16BE(start)
    this.destinationPort = ip.readUInt16BE(start + 2)
    this.sequence = ip.readUInt32BE(start + 4)
    this.fin = (flags & 1) !== 0
    this.syn = (flags & 2) !== 0
    this.rst = (flags & 4) !== 0
    this.payload = ip.subarray(start + tcpHeaderLength(ip, start), end)
    this.cut = endOf(ip) > ip.length
    this.#ip = ip
    this.#addresses = addresses
    this.#width = width
  }

  get source(): string {
    return this.#text(this.#addresses)
  }

  get destination(): string {
    return this.#text(this.#addresses + this.#width)
  }

  /** The same for all segments of one direction of a connection; no text for people. */
  get flow(): string {
    const from = this.#addresses
    const ports = String.fromCharCode(this.sourcePort, this.destinationPort)
    return this.#ip.toString('latin1', from, from + 2 * this.#width) + ports
  }

  /** The `flow` of the other direction. */
  get reverseFlow(): string {
    const from = this.#addresses
    const middle = from + this.#width
    const ports = String.fromCharCode(this.destinationPort, this.sourcePort)
    return this.#ip.toString('latin1', middle, middle + this.#width) + this.#ip.toString('latin1', from, middle) + ports
  }

  #text(at: number): string {
    return this.#width === 4 ? ipv4Text(this.#ip, at) : ipv6Text(this.#ip, at)
  }
}

function tcpHeaderLength(ip: Buffer, start: number): number {
  return ((ip[start + 12] ?? 0) >> 4) * 4
}

const TCP = 6

/** `undefined` for what is not TCP, is a fragment, or is cut off inside its headers. */
export function tcpSegmentOf(ip: Buffer): TcpSegment | undefined {
  const upper = upperLayerOf(ip)
  if (upper === undefined || upper.protocol !== TCP || upper.fragment) return undefined
  // Frames are padded to 60 bytes, so the length in the header counts.
  const end = Math.min(endOf(ip), ip.length)
  return (ip[0] ?? 0) >> 4 === 4 ? tcp(ip, upper.at, end, 12, 4) : tcp(ip, upper.at, end, 8, 16)
}

function tcp(ip: Buffer, start: number, end: number, addresses: number, width: 4 | 16): TcpSegment | undefined {
  if (end - start < 20) return undefined
  const length = tcpHeaderLength(ip, start)
  return length < 20 || end - start < length ? undefined : new TcpSegment(ip, start, end, addresses, width)
}
