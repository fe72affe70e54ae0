import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { drawAccess, transmit } from '../generate/access.js'
import type { Packets } from '../generate/packet.js'
import { addPeriodic } from '../generate/periodic.js'
import { Random } from '../generate/random.js'
import { reportsOfSession } from '../generate/session-reports.js'
import { addVideo } from '../generate/video.js'
import { type SessionWindows, windowsOf } from './session-windows.js'

/** Averages of one direction of a flow. Sizes are of Ethernet frames. */
interface FlowAverages {
  readonly ends: string
  readonly reverse: string
  readonly bytes: number
  readonly meanFrameBytes: number
  readonly meanGapSeconds: number
  /** Mean s between bursts of packets. */
  readonly burstGapSeconds: number
}

/** Ethernet, IPv4 and UDP. */
const OVERHEAD = 42
const HEADER = 'ID,SrcIP,DstIP,SrcPort,DstPort,IPVersion,Protocol,PS,IPI,FlowSizeBytes'

export const isFlowAverages = (text: string) => text.startsWith(HEADER)

/**
 * Sessions with the averages of the heaviest flow of a table of flow averages (Xbox Cloud Gaming), made by the
 * generator: what is real in them is the rate, the sizes, and the burst interval.
 */
export async function sessionsOfAverages(path: string, sessions: number): Promise<SessionWindows[]> {
  const flows = readAverages(await readFile(path, 'utf8'))
  const [down] = [...flows].sort((a, b) => b.bytes - a.bytes)
  const up = flows.find(({ ends }) => ends === down?.reverse)
  if (down === undefined || up === undefined) return []
  return Array.from({ length: sessions }, (_, index) => replay(basename(path), String(index), down, up))
}

function replay(source: string, seed: string, down: FlowAverages, up: FlowAverages): SessionWindows {
  const seconds = 8
  const random = new Random(`${source}/${seed}`)
  const mbps = ((down.meanFrameBytes - OVERHEAD) * 8) / down.meanGapSeconds / 1e6
  const packets: Packets = []
  const frames = { variation: random.between(0.15, 0.25), correlation: random.between(0.4, 0.67), jitter: 2e-3 }
  const slices = Math.max(1, Math.round(1 / 60 / down.burstGapSeconds))
  const video = { down: true, mbps, fps: 60, payload: 1200, spread: 1, slices, bursts: 1, sceneRate: 0.1 }
  addVideo(packets, random, seconds, { ...video, ...frames })
  const size = up.meanFrameBytes - OVERHEAD
  const input = { down: false, rate: 1 / up.meanGapSeconds, irregularity: 0.6, size, sizeDeviation: 25 }
  addPeriodic(packets, random, seconds, input)
  const access = drawAccess(random, mbps)
  const arrived = transmit(packets, random, access)
  const session = { source, class: 'cloud-gaming', seed, mbps, access, packets: arrived, startUp: 0 } as const
  return windowsOf(reportsOfSession(session), { source, positive: true, mbps, weight: 1 })
}

function readAverages(text: string): FlowAverages[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.flatMap((line) => {
    const cells = line.split(',')
    const cell = (name: string) => cells[names.indexOf(name)] ?? ''
    if (cell('Protocol') !== 'UDP') return []
    const [from, to] = [`${cell('SrcIP')} ${cell('SrcPort')}`, `${cell('DstIP')} ${cell('DstPort')}`]
    const flow = {
      ends: `${from} ${to}`,
      reverse: `${to} ${from}`,
      bytes: Number(cell('FlowSizeBytes')),
      meanFrameBytes: Number(cell('PS')),
      meanGapSeconds: Number(cell('IPI')),
      burstGapSeconds: Number(cell('IFI')),
    }
    const usable = flow.meanFrameBytes > OVERHEAD && flow.meanGapSeconds > 0 && flow.burstGapSeconds > 0
    return usable ? [flow] : []
  })
}
