import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { ReportRecord } from '@segchain/records'
import { reportsOfCapture } from '../features/reports-of-capture.js'
import { sessionOf } from '../features/session-key.js'
import { type SessionWindows, windowsOf } from './session-windows.js'

/** The sessions of every capture under a folder; positive are those with `geforcenow` or `cloud-gaming` in the name. */
export async function realSessions(folder: string, transport: 'udp' | 'tcp'): Promise<Map<string, SessionWindows[]>> {
  const found = new Map<string, SessionWindows[]>()
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.pcap(ng)?$/.test(name)).sort()
  for (const name of names) {
    const flows = new Map<string, ReportRecord[]>()
    for await (const report of reportsOfCapture(createReadStream(join(folder, name)), { transport })) {
      const key = sessionOf(report)
      const flow = flows.get(key)
      if (flow === undefined) flows.set(key, [report])
      else flow.push(report)
    }
    const positive = /geforcenow|cloud-gaming/.test(name)
    const sessions = [...flows.values()].map((reports) =>
      windowsOf(reports, { source: relative('.', name), positive, mbps: 0, weight: 1 }),
    )
    if (sessions.length > 0) found.set(name, sessions)
  }
  return found
}
