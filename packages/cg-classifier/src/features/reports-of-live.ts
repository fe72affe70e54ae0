import { type CaptureTime, readCapture } from '@segchain/pcap'
import type { ReportRecord } from '@segchain/records'
import { type CaptureCounts, type CaptureOptions, CaptureWindows } from './capture-windows.js'

export interface LiveOptions extends CaptureOptions {
  /** The time of the machine that captures. */
  readonly clock: () => CaptureTime
  /**
   * A packet is here so many s after its time, at the latest. Without any packet, windows close when their time is
   * over and this, too: a capture process hands packets over in blocks, and a window must not close before its last.
   */
  readonly lagSeconds: number
}

/** How often the clock is looked at while nothing arrives, ms. */
const LOOK_MS = 100

/**
 * As `reportsOfCapture`, of a capture that goes on: windows also close while no packet comes.
 * @throws {SegchainError} of the capture reader.
 */
export async function* reportsOfLive(
  chunks: AsyncIterable<Uint8Array>,
  options: LiveOptions,
  counts: CaptureCounts,
): AsyncGenerator<ReportRecord> {
  const windows = new CaptureWindows(options, counts)
  const packets = readCapture(chunks)
  let next = packets.next()
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, LOOK_MS, undefined)
    })
    const got = await Promise.race([next, silence])
    clearTimeout(timer)
    if (got === undefined) {
      const { seconds, nanoseconds } = options.clock()
      if (options.idleClosing !== false) yield* windows.tick({ seconds: seconds - options.lagSeconds, nanoseconds })
      continue
    }
    if (got.done === true) break
    yield* windows.packet(got.value)
    next = packets.next()
  }
  yield* windows.end()
}
