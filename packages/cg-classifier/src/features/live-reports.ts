import type { Logger } from '@segchain/cli-kit'
import type { ReportRecord } from '@segchain/records'
import type { UdpEndpoint } from '../udp/endpoint.js'
import type { CaptureCounts, CaptureOptions } from './capture-windows.js'
import { openLive } from './live-capture.js'
import { reportsOfLive } from './reports-of-live.js'

export interface LiveReportsOptions extends CaptureOptions {
  /** As `ip link` names it. */
  readonly device: string
  /** End after so long; at the signal without it. */
  readonly seconds?: number
  /** Where the reports are sent to: those datagrams are not measured again. */
  readonly except?: UdpEndpoint
  readonly signal: AbortSignal
  readonly log: Logger
}

/** dumpcap hands packets over every quarter of a second at the latest, tcpdump at once. */
const LAG_SECONDS = 1

/** The reports of an interface, until the signal. @throws {SegchainError} of `openLive`. */
export async function liveReports(
  options: LiveReportsOptions,
  counts: CaptureCounts,
): Promise<AsyncGenerator<ReportRecord>> {
  const { device, seconds, signal, log } = options
  const live = await openLive(device, options.transport ?? 'udp', options.except)
  log.info(`features: capturing on ${device} with ${live.tool}`)
  const stop = () => live.stop()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const end = seconds === undefined ? undefined : setTimeout(stop, seconds * 1000)
  return (async function* () {
    try {
      yield* reportsOfLive(live.chunks, { ...options, clock: now, lagSeconds: LAG_SECONDS }, counts)
    } finally {
      stop()
      clearTimeout(end)
      signal.removeEventListener('abort', stop)
      const lost = /(\d+) packets? dropped by kernel|dropped on interface [^:]*: \d+\/(\d+)/.exec(live.said())
      const dropped = Number(lost?.[1] ?? lost?.[2] ?? 0)
      if (dropped > 0) log.warn(`${live.tool}: ${dropped} packets were dropped before they could be counted`)
    }
  })()
}

function now() {
  const ms = Date.now()
  return { seconds: Math.floor(ms / 1000), nanoseconds: (ms % 1000) * 1_000_000 }
}
