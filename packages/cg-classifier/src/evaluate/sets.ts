import { Random } from '../generate/random.js'
import { generateSession } from '../generate/session.js'
import { reportsOfSession } from '../generate/session-reports.js'
import type { Source } from '../generate/source.js'
import { sources } from '../generate/sources.js'
import { FEATURE_COUNT, putFeatures } from '../model/feature-vector.js'

/** Never seen in training, as a whole. */
export const HELD_OUT = {
  sources: ['stadia', 'video-call', 'upload', 'peer-to-peer'],
  /** Mbit/s of cloud gaming. */
  rates: [
    [12, 18],
    [35, 45],
  ],
} as const

/** The windows of one session. */
export interface SessionWindows {
  readonly source: string
  readonly positive: boolean
  readonly mbps: number
  readonly features: Float32Array
  readonly count: number
}

export function sessionWindows(source: Source, seed: string, seconds: number, mbps?: number): SessionWindows {
  const session = generateSession(source, seed, seconds, mbps)
  const reports = reportsOfSession(session)
  const features = new Float32Array(reports.length * FEATURE_COUNT)
  reports.forEach((report, row) => {
    putFeatures(features, row, report)
  })
  const positive = source.class === 'cloud-gaming'
  return { source: source.name, positive, mbps: session.mbps, features, count: reports.length }
}

export const isHeldOutRate = (mbps: number) => HELD_OUT.rates.some(([low, high]) => mbps >= low && mbps <= high)

export interface SetOptions {
  /** Prefix of the seeds: another name gives other sessions. */
  readonly name: string
  /** Sessions a source. */
  readonly sessions: number
  readonly seconds: number
  readonly without: readonly string[]
  readonly heldOutRates: 'leave-out' | 'only'
}

/** Sessions of every source that is not left out; of cloud gaming with, or without, the bit-rates held out. */
export function sessionSet(options: SetOptions): SessionWindows[] {
  return sources.filter(({ name }) => !options.without.includes(name)).flatMap((source) => sourceSet(source, options))
}

function sourceSet(source: Source, { name, sessions, seconds, heldOutRates }: SetOptions): SessionWindows[] {
  const found: SessionWindows[] = []
  // Positives are easy to tell by rate alone if others are rare: as many of each class.
  const wanted = source.class === 'cloud-gaming' ? sessions * 2 : sessions
  for (let index = 0; found.length < wanted && index < wanted * 20; index++) {
    const mbps = rateOf(source, `${name}/${index}`)
    const fits = source.class === 'other' || isHeldOutRate(mbps) === (heldOutRates === 'only')
    if (fits) found.push(sessionWindows(source, `${name}/${index}`, seconds, mbps))
  }
  return found
}

function rateOf(source: Source, seed: string): number {
  return new Random(`${source.name}/${seed}/rate`).logBetween(source.rates[0], source.rates[1])
}
