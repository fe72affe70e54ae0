import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionRule } from '../aggregate/session-rule.js'
import { isFlowAverages, sessionsOfAverages } from './flow-averages.js'
import { isPacketTrace, sessionsOfTrace } from './packet-trace.js'
import { realSessions } from './real-captures.js'
import { type Scores, type Tally, tallied, tallyRows } from './tally.js'

export interface RealPart {
  readonly lines: readonly string[]
  /** Of the captures; empty when there were none. */
  readonly tallies: readonly Tally[]
}

/** Every real capture, flow average and packet trace under a folder. */
export async function realPart(rule: SessionRule, scores: Scores, folder: string): Promise<RealPart> {
  const lines: string[] = []
  const tallies: Tally[] = []
  for (const transport of ['udp', 'tcp'] as const) {
    const sessions = [...(await realSessions(folder, transport)).values()].flat()
    const found = tallied(rule, sessions, scores)
    tallies.push(...found)
    lines.push('', `## Real captures, ${transport.toUpperCase()} flows`, '')
    lines.push(...(transport === 'tcp' ? TCP : CAPTURES), '', ...tallyRows(found))
  }
  const { averages, traces } = await otherFiles(folder)
  if (averages.length > 0) {
    const sessions = (await Promise.all(averages.map((path) => sessionsOfAverages(path, 10)))).flat()
    lines.push('', '## Averages of real flows, replayed', '', ...AVERAGES, '')
    lines.push(...tallyRows(tallied(rule, sessions, scores)))
  }
  if (traces.length > 0) {
    const sessions = (await Promise.all(traces.map((path) => sessionsOfTrace(path, true, 240)))).flat()
    lines.push('', '## Traces of packets, one direction', '', ...TRACES, '')
    lines.push(...tallyRows(tallied(rule, sessions, scores)))
  }
  return { lines, tallies }
}

const CAPTURES = [
  'Test captures of nDPI: a start-up of GeForce NOW (1.4 s: 54 UDP packets, which tshark calls STUN, DTLS and 14 of data; no',
  'video yet), and calls, video, file transfer, remote desktop and games that are not cloud gaming. A session is a 5-tuple;',
  'most are too short for a decision.',
]
const TCP = ['The probe sees UDP only; TCP payloads are here as more negatives.']
const AVERAGES = [
  'Xbox Cloud Gaming flows of dcomp-leris/VR-AR-CG-network-telemetry, one table a game and access: of the heaviest flow, the',
  'rate, mean packet sizes, packet rates and burst interval are real; the generator draws the rest (10 sessions a flow). The',
  'source xcloud was calibrated on the ranges of the same flows, so this is no independent test.',
]
const TRACES = [
  "The offloading trace of Nokia's 5G network emulator (60 frames/s, extended reality, first 60,000 packets), cut into sessions",
  'of 240 windows. It is remote rendering, so the nearest thing to cloud gaming, but no cloud gaming, and has one direction',
  'only: no input goes up, and that is what the model takes it for. The truth column says what it is nearest to.',
]

async function otherFiles(folder: string): Promise<{ averages: string[]; traces: string[] }> {
  const found = { averages: [] as string[], traces: [] as string[] }
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!/\.(csv|txt)$/.test(name)) continue
    const path = join(folder, name)
    const file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
    await file.close()
    const text = buffer.toString('latin1', 0, bytesRead)
    if (isFlowAverages(text)) found.averages.push(path)
    else if (isPacketTrace(text)) found.traces.push(path)
  }
  return found
}
