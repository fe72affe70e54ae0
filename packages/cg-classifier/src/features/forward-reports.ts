import type { Logger } from '@segchain/cli-kit'
import type { ReportRecord } from '@segchain/records'
import { toWire } from '../report/wire.js'
import { parseEndpoint } from '../udp/endpoint.js'
import { LineSender } from '../udp/sender.js'

export interface ForwardOptions {
  /** `ADDRESS:PORT` of a check service. */
  readonly to: string
  /** The published array, one report a datagram; else ours, several. */
  readonly wire: boolean
  /** Of the clock, so that a probe that begins anew is no replay. */
  readonly firstSequence: number
  readonly log: Logger
}

/** Bytes of lines in a datagram that fits an Ethernet frame. */
const DATAGRAM_BYTES = 1400

/** The probe as a sender: every report as a datagram, until the capture ends. */
export async function forwardReports(reports: AsyncIterable<ReportRecord>, options: ForwardOptions): Promise<void> {
  const { wire, firstSequence, log } = options
  const sender = new LineSender(parseEndpoint(options.to), wire ? 0 : DATAGRAM_BYTES)
  let count = 0
  for await (const report of reports) {
    sender.send(wire ? toWire(report) : toWire({ ...report, sequence: firstSequence + count }, true))
    count++
  }
  await sender.close()
  log.info(`features: ${JSON.stringify({ sent: count, 'not-sent': sender.failed })}`)
}
