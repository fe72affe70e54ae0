import { type CaptureTime, datagramOf, ipPacketOf, type Packet } from '@segchain/pcap'
import { type ReportRecord, SegchainError } from '@segchain/records'
import { Windower, type WindowerOptions } from './windower.js'

export interface CaptureOptions extends WindowerOptions {
  /** Which packets count; the published probe sees UDP only. */
  readonly transport?: 'udp' | 'tcp' | 'all'
}

/** What a capture held beside the packets that were counted. */
export interface CaptureCounts {
  packets: number
  counted: number
  /** Not UDP (or TCP, if asked for), fragments, or cut inside the headers. */
  passedOver: number
}

/** Packets of a capture to windows. Time comes from the packets, or in as a value. */
export class CaptureWindows {
  readonly #options: CaptureOptions
  readonly #counts: CaptureCounts
  #windower: Windower | undefined
  #first: CaptureTime = { seconds: 0, nanoseconds: 0 }

  constructor(options: CaptureOptions, counts: CaptureCounts) {
    this.#options = options
    this.#counts = counts
  }

  /** @returns the windows that this packet closes. @throws {SegchainError} `NO_TIME` for a packet without a time. */
  packet(packet: Packet): ReportRecord[] {
    this.#counts.packets++
    if (packet.time === undefined) throw noTime(packet.offset)
    const transport = this.#options.transport ?? 'udp'
    const ip = ipPacketOf(packet)
    const datagram = ip === undefined ? undefined : datagramOf(ip)
    if (datagram === undefined || (transport !== 'all' && datagram.transport !== transport)) {
      this.#counts.passedOver++
      return []
    }
    this.#counts.counted++
    if (this.#windower === undefined) {
      this.#first = packet.time
      const epochNs = BigInt(packet.time.seconds) * 1_000_000_000n + BigInt(packet.time.nanoseconds)
      this.#windower = new Windower(epochNs, this.#options)
    }
    return this.#windower.packet(datagram, this.#since(packet.time), datagram.payloadBytes)
  }

  /** No packet from before this time will come any more. @returns the windows that are over by then. */
  tick(time: CaptureTime): ReportRecord[] {
    return this.#windower?.tick(this.#since(time)) ?? []
  }

  /** The end of the capture: all that is open. */
  end(): ReportRecord[] {
    return this.#windower?.end() ?? []
  }

  /** Whole ns since the first packet, exact in a double for 104 days of capture. */
  #since({ seconds, nanoseconds }: CaptureTime): number {
    return (seconds - this.#first.seconds) * 1e9 + (nanoseconds - this.#first.nanoseconds)
  }
}

function noTime(offset: number): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'NO_TIME',
    message: 'a Simple Packet Block has no time, and features need times',
    hint: 'capture with tcpdump or dumpcap, which write Enhanced Packet Blocks',
    where: { offset },
  })
}
