import {
  insideUdpTunnel,
  ipPacketOf,
  isKnownLinkType,
  type Packet,
  type Piece,
  TcpReassembly,
  type TcpSegment,
  tcpSegmentOf,
} from '@segchain/pcap'
import type { RawMessage } from '../codec/bgp/message.js'
import type { RawBmpMessage } from '../codec/bmp/message.js'
import type { DecodeError } from '../codec/decode-error.js'
import type { InputSurvey } from '../decode/input-survey.js'
import type { BgpMessageSource } from '../decode/message-source.js'
import { BgpFramer } from './bgp-framer.js'
import { BmpFramer, looksLikeBmp } from './bmp-framer.js'
import type { Framed, Framer } from './framer.js'

const BGP_PORT = 179

/** What a capture says about one BGP connection, in the order of the capture. */
export type CaptureEvent = {
  /** The same for both directions; a new one for each TCP connection. */
  readonly connection: number
  readonly from: string
  readonly to: string
} & (
  | { readonly kind: 'message'; readonly message: RawMessage; readonly source?: BgpMessageSource }
  | { readonly kind: 'bmp'; readonly message: RawBmpMessage }
  | { readonly kind: 'error'; readonly error: DecodeError }
  | { readonly kind: 'lost'; readonly bytes: number }
  | { readonly kind: 'closed' }
)

interface Direction {
  reassembly: TcpReassembly
  /** Unknown until the first bytes; `none` is neither BGP nor BMP. */
  framer: Framer | 'none' | undefined
  connection: number
  closed: boolean
  readonly from: string
  readonly to: string
}

/** Sorts the packets of a capture into BGP connections and their messages. */
export class BgpConnections {
  readonly #directions = new Map<string, Direction>()
  readonly #survey: InputSurvey
  /** The clock of the capture, in seconds; 0 where it has none. */
  #now = 0

  constructor(survey: InputSurvey) {
    this.#survey = survey
  }

  /** @param events gets what the packet completes. */
  push(packet: Packet, events: CaptureEvent[]): void {
    this.#survey.packets++
    if (!isKnownLinkType(packet.linkType)) this.#survey.unknownLink(packet.linkType)
    if (packet.time !== undefined) this.#now = packet.time.seconds
    const segment = segmentIn(ipPacketOf(packet))
    if (segment === undefined) return
    this.#survey.tcp(segment.sourcePort, segment.destinationPort)
    this.#segment(segment, events)
  }

  /** What is still waiting for bytes that never came. */
  end(): CaptureEvent[] {
    const events: CaptureEvent[] = []
    for (const direction of this.#directions.values()) {
      for (const piece of direction.reassembly.flush()) this.#piece(direction, piece, events)
      const { framer } = direction
      if (framer === undefined || framer === 'none') continue
      this.#framed(direction, framer.end(), events)
      if (framer.pending > 0) events.push(lost(direction, framer.pending))
    }
    return events
  }

  #segment(segment: TcpSegment, events: CaptureEvent[]): void {
    const direction = this.#directionOf(segment)
    // Nothing is kept of what is neither BGP nor BMP, however much of it was lost.
    if (direction.framer === 'none') return
    const sequence = (segment.sequence + (segment.syn ? 1 : 0)) >>> 0
    for (const piece of direction.reassembly.push(sequence, segment.payload, segment.syn, this.#now)) {
      direction.framer ??= framerOf(segment, piece.bytes)
      this.#piece(direction, piece, events)
    }
    if (segment.cut && (isKnown(direction) || isBgp(segment))) this.#survey.cutSegments++
    if ((segment.fin || segment.rst) && !direction.closed && isKnown(direction)) {
      direction.closed = true
      events.push({ kind: 'closed', ...ends(direction) })
    }
  }

  #piece(direction: Direction, { bytes, gap }: Piece, events: CaptureEvent[]): void {
    const { framer } = direction
    if (framer !== undefined && framer !== 'none') this.#framed(direction, framer.push(bytes, gap), events)
  }

  #directionOf(segment: TcpSegment): Direction {
    const { flow } = segment
    const known = this.#directions.get(flow)
    // A SYN where bytes have flowed already: the ports are used again.
    if (known !== undefined && !(segment.syn && known.framer !== undefined)) return known
    const { reverseFlow } = segment
    const reverse = this.#directions.get(reverseFlow)
    const paired = reverse !== undefined && known === undefined && !reverse.closed
    const direction: Direction = {
      reassembly: new TcpReassembly(),
      framer: undefined,
      connection: paired ? reverse.connection : this.#survey.connections++,
      closed: false,
      from: segment.source,
      to: segment.destination,
    }
    if (reverse !== undefined && !paired && segment.syn) {
      this.#directions.delete(reverseFlow)
    }
    this.#directions.set(flow, direction)
    return direction
  }

  #framed(direction: Direction, framed: readonly Framed[], events: CaptureEvent[]): void {
    const { connection, from, to } = direction
    for (const one of framed) {
      if ('message' in one) events.push({ kind: 'message', message: one.message, connection, from, to })
      else if ('bmp' in one) events.push({ kind: 'bmp', message: one.bmp, connection, from, to })
      else if ('error' in one) events.push({ kind: 'error', error: one.error, connection, from, to })
      else events.push(lost(direction, one.skipped))
    }
  }
}

const MAX_UDP_TUNNELS = 4

/** The TCP segment of a packet, or of what it carries as a tunnel over UDP. */
function segmentIn(packet: Buffer | undefined): TcpSegment | undefined {
  let ip = packet
  for (let depth = 0; ip !== undefined && depth <= MAX_UDP_TUNNELS; depth++) {
    const segment = tcpSegmentOf(ip)
    if (segment !== undefined) return segment
    ip = insideUdpTunnel(ip)
  }
  return undefined
}

function lost(direction: Direction, bytes: number): CaptureEvent {
  return { kind: 'lost', bytes, ...ends(direction) }
}

function ends({ connection, from, to }: Direction): { connection: number; from: string; to: string } {
  return { connection, from, to }
}

function isKnown({ framer }: Direction): boolean {
  return framer !== undefined && framer !== 'none'
}

function isBgp({ sourcePort, destinationPort }: Pick<TcpSegment, 'sourcePort' | 'destinationPort'>): boolean {
  return sourcePort === BGP_PORT || destinationPort === BGP_PORT
}

/** BGP is on port 179, or begins with a marker; BMP has no port of its own, but a header that tells. */
function framerOf({ sourcePort, destinationPort }: TcpSegment, bytes: Buffer): Framer | 'none' {
  if (isBgp({ sourcePort, destinationPort })) return new BgpFramer()
  if (bytes.length >= 16 && bytes.subarray(0, 16).every((byte) => byte === 0xff)) return new BgpFramer()
  return looksLikeBmp(bytes) ? new BmpFramer() : 'none'
}
