import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ReportRecord } from '@segchain/records'
import { Windower } from '../features/windower.js'
import { type SessionWindows, windowsOf } from './session-windows.js'

const LINE = /^\d+(\.\d+)?(E-?\d+)? \d+$/

/** Lines of `time size`: s since the beginning, bytes. One direction of one flow. */
export const isPacketTrace = (text: string) => LINE.test(text.slice(0, text.indexOf('\n')).trim())

/** The trace cut into sessions of so many windows: what a model says of a source that has one direction only. */
export async function sessionsOfTrace(path: string, positive: boolean, windows: number): Promise<SessionWindows[]> {
  const source = basename(path)
  const ends = { source: '192.0.2.1', sourcePort: 1, destination: '198.51.100.1', destinationPort: 2 }
  const windower = new Windower(0n)
  const reports: ReportRecord[] = []
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    if (!LINE.test(line.trim())) continue
    const [time, size] = line.trim().split(' ').map(Number)
    reports.push(...windower.packet(ends, Math.round((time ?? 0) * 1e9), size ?? 0))
  }
  reports.push(...windower.end())
  const origin = { source, positive, mbps: 0, weight: 1 }
  return Array.from({ length: Math.floor(reports.length / windows) }, (_, index) =>
    windowsOf(reports.slice(index * windows, (index + 1) * windows), origin),
  )
}
