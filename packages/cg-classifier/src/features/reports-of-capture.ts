import { gunzipped, type CaptureOptions as ReadOptions, readCapture } from '@segchain/pcap'
import type { ReportRecord } from '@segchain/records'
import { type CaptureCounts, type CaptureOptions, CaptureWindows } from './capture-windows.js'

export type { CaptureCounts, CaptureOptions } from './capture-windows.js'

/**
 * The reports of a capture, in the order in which their windows close; gzip is undone. What was readable before damage
 * is reported before the damage is thrown, the windows that were open then too.
 * @param read with `onDamage` the reader goes on behind damage.
 * @throws {SegchainError} of the capture reader; `NO_TIME` for packets without a time.
 */
export async function* reportsOfCapture(
  chunks: AsyncIterable<Uint8Array>,
  options: CaptureOptions = {},
  counts: CaptureCounts = { packets: 0, counted: 0, passedOver: 0 },
  read: ReadOptions = {},
): AsyncGenerator<ReportRecord> {
  const windows = new CaptureWindows(options, counts)
  try {
    for await (const packet of readCapture(gunzipped(chunks), read)) yield* windows.packet(packet)
  } catch (error) {
    yield* windows.end()
    throw error
  }
  yield* windows.end()
}
