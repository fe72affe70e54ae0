import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { reportsOfCapture } from '../features/reports-of-capture.js'
import { sessionKey } from '../features/session-key.js'
import { FEATURE_COUNT, putFeatures } from '../model/feature-vector.js'
import type { SessionWindows } from './sets.js'

/** The sessions of every capture under a folder; positive are those with `geforcenow` or `cloud-gaming` in the name. */
export async function realSessions(folder: string, transport: 'udp' | 'tcp'): Promise<Map<string, SessionWindows[]>> {
  const found = new Map<string, SessionWindows[]>()
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.pcap(ng)?$/.test(name)).sort()
  for (const name of names) {
    const flows = new Map<string, Float32Array[]>()
    for await (const report of reportsOfCapture(createReadStream(join(folder, name)), { transport })) {
      const { sourceAddress, sourcePort, destinationAddress, destinationPort } = report
      const key = sessionKey(sourceAddress, sourcePort, destinationAddress, destinationPort)
      const row = new Float32Array(FEATURE_COUNT)
      putFeatures(row, 0, report)
      flows.set(key, [...(flows.get(key) ?? []), row])
    }
    const positive = /geforcenow|cloud-gaming/.test(name)
    const sessions = [...flows.values()].map((rows) => {
      const features = new Float32Array(rows.length * FEATURE_COUNT)
      rows.forEach((row, index) => {
        features.set(row, index * FEATURE_COUNT)
      })
      return { source: relative('.', name), positive, mbps: 0, features, count: rows.length }
    })
    if (sessions.length > 0) found.set(name, sessions)
  }
  return found
}
