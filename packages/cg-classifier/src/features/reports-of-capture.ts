import { type CaptureTime, datagramOf, ipPacketOf, readCapture } from '@segchain/pcap'
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

/**
 * The reports of a capture, in the order in which their windows close.
 * @throws {SegchainError} of the capture reader; `NO_TIME` for packets without a time.
 */
export async function* reportsOfCapture(
  chunks: AsyncIterable<Uint8Array>,
  options: CaptureOptions = {},
  counts: CaptureCounts = { packets: 0, counted: 0, passedOver: 0 },
): AsyncGenerator<ReportRecord> {
  const transport = options.transport ?? 'udp'
  let windower: Windower | undefined
  let first: CaptureTime | undefined
  for await (const packet of readCapture(chunks)) {
    counts.packets++
    if (packet.time === undefined) throw noTime(packet.offset)
    const ip = ipPacketOf(packet)
    const datagram = ip === undefined ? undefined : datagramOf(ip)
    if (datagram === undefined || (transport !== 'all' && datagram.transport !== transport)) {
      counts.passedOver++
      continue
    }
    counts.counted++
    first ??= packet.time
    windower ??= new Windower(BigInt(first.seconds) * 1_000_000_000n + BigInt(first.nanoseconds), options)
    // Whole ns, exact in a double for 104 days of capture.
    const time = (packet.time.seconds - first.seconds) * 1e9 + (packet.time.nanoseconds - first.nanoseconds)
    yield* windower.packet(datagram, time, datagram.payloadBytes)
  }
  if (windower !== undefined) yield* windower.end()
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
