import { Random } from '../generate/random.js'
import { generateSession } from '../generate/session.js'
import { reportsOfSession } from '../generate/session-reports.js'
import type { Source } from '../generate/source.js'
import { sources } from '../generate/sources.js'
import { type SessionWindows, windowsOf, withoutLead } from './session-windows.js'

/** Never seen in training, as a whole. */
export const HELD_OUT = {
  sources: ['stadia', 'video-call', 'upload', 'peer-to-peer'],
  /** Mbit/s of cloud gaming. */
  rates: [
    [12, 18],
    [35, 45],
  ],
} as const

/** @param startUp s of the session before its media. */
export function sessionWindows(
  source: Source,
  seed: string,
  seconds: number,
  mbps?: number,
  startUp = 0,
): SessionWindows {
  const session = generateSession(source, seed, seconds, mbps, startUp)
  const positive = source.class === 'cloud-gaming'
  const weight = source.mixed === true ? MIXED.weight : 1
  const reports = reportsOfSession(session)
  const lead = reports.filter(({ windowStartNs = '0' }) => Number(windowStartNs) < startUp * 1e9).length
  return windowsOf(reports, { source: source.name, positive, mbps: session.mbps, weight, lead })
}

/** s of a start-up: connectivity checks take some round trips, a game some seconds to load. */
const START_UP = [0.3, 5] as const

/** The mixed sources have many profiles: more sessions, and more weight in training, than one application. */
export const MIXED = { sessions: 24, weight: 4 } as const
/** Sessions a source of the sets that a model is measured with, and s of each. */
export const TEST = { name: 'test', sessions: 50, seconds: 8, mixed: 2 } as const

export const isHeldOutRate = (mbps: number) => HELD_OUT.rates.some(([low, high]) => mbps >= low && mbps <= high)

export interface SetOptions {
  /** Prefix of the seeds: another name gives other sessions. */
  readonly name: string
  /** Sessions a source; twice as many of a platform of cloud gaming. */
  readonly sessions: number
  readonly seconds: number
  readonly without: readonly string[]
  /** How many times as many of a mixed source; that of training without it. */
  readonly mixed?: number
  readonly heldOutRates: 'leave-out' | 'only'
  /** Every session begins with a start-up; or every other, and its windows are cut off. No session without it. */
  readonly startUp?: 'kept' | 'cut'
}

/** Sessions of every source that is not left out; of cloud gaming with, or without, the bit-rates held out. */
export function sessionSet(options: SetOptions): SessionWindows[] {
  return sources.filter(({ name }) => !options.without.includes(name)).flatMap((source) => sourceSet(source, options))
}

function sourceSet(source: Source, options: SetOptions): SessionWindows[] {
  const { name, sessions, seconds, heldOutRates, mixed = MIXED.sessions } = options
  const found: SessionWindows[] = []
  // Positives are easy to tell by rate alone if others are rare: as many of each class.
  const alone = source.class === 'cloud-gaming' ? sessions * 2 : sessions
  const wanted = source.mixed === true ? sessions * mixed : alone
  for (let index = 0; found.length < wanted && index < wanted * 20; index++) {
    const mbps = rateOf(source, `${name}/${index}`)
    const fits = source.class === 'other' || isHeldOutRate(mbps) === (heldOutRates === 'only')
    if (!fits) continue
    const begins = options.startUp === 'kept' || (options.startUp === 'cut' && found.length % 2 === 1)
    const startUp = begins ? new Random(`${source.name}/${name}/${index}/begin`).logBetween(...START_UP) : 0
    const session = sessionWindows(source, `${name}/${index}`, seconds, mbps, startUp)
    found.push(options.startUp === 'cut' ? withoutLead(session) : session)
  }
  return found
}

function rateOf(source: Source, seed: string): number {
  return new Random(`${source.name}/${seed}/rate`).logBetween(source.rates[0], source.rates[1])
}

/** All names but these: for sets of a few sources. */
export function allBut(names: readonly string[]): string[] {
  return sources.map(({ name }) => name).filter((name) => !names.includes(name))
}

/** The sources that training has never seen, at rates that it has. */
export const heldOutSources = (): SessionWindows[] =>
  sessionSet({ ...TEST, without: allBut(HELD_OUT.sources), heldOutRates: 'leave-out' })

/** The platforms of training at the rates that were held out. */
export const heldOutRates = (): SessionWindows[] => {
  const known = sources.filter((s) => s.class === 'cloud-gaming' && !HELD_OUT.sources.some((name) => name === s.name))
  return sessionSet({ ...TEST, without: allBut(known.map(({ name }) => name)), heldOutRates: 'only' })
}

/** The sources and rates of training, other seeds. */
export const seenSources = (): SessionWindows[] =>
  sessionSet({ ...TEST, without: HELD_OUT.sources, heldOutRates: 'leave-out' })
