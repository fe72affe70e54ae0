import { readCapture } from '@segchain/pcap'
import type { ReportRecord } from '@segchain/records'
import { type CaptureCounts, type CaptureOptions, CaptureWindows } from './capture-windows.js'

export type { CaptureCounts, CaptureOptions } from './capture-windows.js'

/**
 * The reports of a capture, in the order in which their windows close.
 * @throws {SegchainError} of the capture reader; `NO_TIME` for packets without a time.
 */
export async function* reportsOfCapture(
  chunks: AsyncIterable<Uint8Array>,
  options: CaptureOptions = {},
  counts: CaptureCounts = { packets: 0, counted: 0, passedOver: 0 },
): AsyncGenerator<ReportRecord> {
  const windows = new CaptureWindows(options, counts)
  for await (const packet of readCapture(chunks)) yield* windows.packet(packet)
  yield* windows.end()
}
