import type { ReportRecord } from '@segchain/records'
import { Windower } from '../features/windower.js'
import type { GeneratedSession } from './session.js'

const DOWN = { source: '192.0.2.1', sourcePort: 3074, destination: '198.51.100.1', destinationPort: 50_000 }
const UP = { source: '198.51.100.1', sourcePort: 50_000, destination: '192.0.2.1', destinationPort: 3074 }

/** What `generate | features` gives, without the capture between. */
export function reportsOfSession(session: GeneratedSession): ReportRecord[] {
  const windower = new Windower(0n)
  const reports: ReportRecord[] = []
  for (const { time, down, size } of session.packets) {
    reports.push(...windower.packet(down ? DOWN : UP, Math.round(time * 1e9), size))
  }
  return [...reports, ...windower.end()]
}
