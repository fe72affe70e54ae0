import type { SessionRule } from '../aggregate/session-rule.js'
import { THRESHOLD } from './fit.js'
import { effectiveTrials, type Part, wilson } from './interval.js'
import { outcomeOf, type SessionOutcome } from './outcome.js'
import type { SessionWindows } from './session-windows.js'

/** A model's probabilities for the windows of a session. */
export type Scores = (session: SessionWindows) => ArrayLike<number>

/** Windows and sessions of one source, counted. */
export interface Tally {
  name: string
  positive: boolean
  windows: number
  windowsOfClass: number
  sessions: number
  calledCloudGaming: number
  everCalled: number
  undecided: number
  windowsToDecision: number[]
  /** Windows called cloud gaming, and windows, of each session. */
  parts: Part[]
  /** Of the session rule: so many windows of a session tell as much as one that is independent. */
  designEffect: number
}

export function newTally(name: string, positive: boolean, designEffect: number): Tally {
  const zero = { windows: 0, windowsOfClass: 0, sessions: 0, calledCloudGaming: 0, everCalled: 0, undecided: 0 }
  return { name, positive, ...zero, windowsToDecision: [], parts: [], designEffect }
}

export function count(tally: Tally, outcome: SessionOutcome): void {
  tally.windows += outcome.windows
  tally.parts.push([outcome.ofClass, outcome.windows])
  tally.windowsOfClass += outcome.ofClass
  tally.sessions++
  tally.calledCloudGaming += Number(outcome.decided === 'cloud-gaming')
  tally.everCalled += Number(outcome.ever)
  tally.undecided += Number(outcome.decided === undefined)
  if (outcome.windowsToDecision !== undefined) tally.windowsToDecision.push(outcome.windowsToDecision)
}

/** One tally a source, in the order in which they come. @param suffix behind their names. */
export function tallied(
  rule: SessionRule,
  sessions: readonly SessionWindows[],
  scores: Scores,
  suffix = '',
  threshold: number = THRESHOLD,
): Tally[] {
  const tallies = new Map<string, Tally>()
  for (const session of sessions) {
    const tally = tallies.get(session.source) ?? newTally(session.source + suffix, session.positive, rule.designEffect)
    tallies.set(session.source, tally)
    count(tally, outcomeOf(rule, scores(session), threshold))
  }
  return [...tallies.values()]
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`

/** A fraction of sessions, with the interval of as many independent trials. */
export function fraction(hits: number, all: number): string {
  if (all === 0) return '-'
  return intervalText(hits / all, all)
}

/** A fraction of windows; those of a session are alike, and the interval says so. */
export function windowFraction(parts: readonly Part[], designEffect: number): string {
  const sum = (index: 0 | 1) => parts.reduce((total, part) => total + part[index], 0)
  return sum(1) === 0 ? '-' : intervalText(sum(0) / sum(1), effectiveTrials(parts, designEffect))
}

function intervalText(p: number, trials: number): string {
  const [low, high] = wilson(p * trials, trials)
  return `${percent(p)} (${percent(low)} - ${percent(high)})`
}

export function tallyRows(tallies: readonly Tally[]): string[] {
  return [
    '| Source | Truth | Windows called cloud gaming (95 %) | Sessions called so at the end (95 %) | at any time | Undecided | Longest time to decision |',
    '|---|---|---|---|---|---|---|',
    ...tallies.map((t) => {
      const longest = t.windowsToDecision.reduce((a, b) => Math.max(a, b), 0)
      const cells = [
        t.name,
        t.positive ? 'cloud gaming' : 'other',
        `${t.windowsOfClass}/${t.windows}: ${windowFraction(t.parts, t.designEffect)}`,
        `${t.calledCloudGaming}/${t.sessions}: ${fraction(t.calledCloudGaming, t.sessions)}`,
        String(t.everCalled),
        String(t.undecided),
        longest === 0 ? '-' : `${longest} windows`,
      ]
      return `| ${cells.join(' | ')} |`
    }),
  ]
}

/** Recall of windows: those of cloud gaming that were called so. */
export function windowRecall(tallies: readonly Tally[]): string {
  const positives = tallies.filter((t) => t.positive)
  return windowFraction(
    positives.flatMap((t) => t.parts),
    designEffectOf(tallies),
  )
}

/** Precision of windows: those called cloud gaming that are. */
export function windowPrecision(tallies: readonly Tally[]): string {
  const called = tallies.flatMap((t) => t.parts.map(([hits]): Part => [t.positive ? hits : 0, hits]))
  return windowFraction(called, designEffectOf(tallies))
}

const designEffectOf = (tallies: readonly Tally[]) => tallies.reduce((most, t) => Math.max(most, t.designEffect), 1)

/** Precision and recall of windows and of sessions. */
export function overall(tallies: readonly Tally[]): string[] {
  const sum = (positive: boolean, field: 'windows' | 'windowsOfClass' | 'sessions' | 'calledCloudGaming') =>
    tallies.filter((t) => t.positive === positive).reduce((total, t) => total + t[field], 0)
  const [hits, called] = [sum(true, 'windowsOfClass'), sum(true, 'windowsOfClass') + sum(false, 'windowsOfClass')]
  const [found, decided] = [
    sum(true, 'calledCloudGaming'),
    sum(true, 'calledCloudGaming') + sum(false, 'calledCloudGaming'),
  ]
  const [windows, sessions] = [sum(true, 'windows'), sum(true, 'sessions')]
  return [
    `- windows: recall ${hits}/${windows} = ${windowRecall(tallies)}, precision ${hits}/${called} = ${windowPrecision(tallies)}`,
    `- sessions: recall ${found}/${sessions} = ${fraction(found, sessions)}, precision ${found}/${decided} = ${fraction(found, decided)}`,
  ]
}
