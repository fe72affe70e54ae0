import type { SessionRule } from '../aggregate/session-rule.js'
import { THRESHOLD } from './fit.js'
import { outcomeOf, type SessionOutcome, wilson } from './outcome.js'
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
}

export function newTally(name: string, positive: boolean): Tally {
  const zero = { windows: 0, windowsOfClass: 0, sessions: 0, calledCloudGaming: 0, everCalled: 0, undecided: 0 }
  return { name, positive, ...zero, windowsToDecision: [] }
}

export function count(tally: Tally, outcome: SessionOutcome): void {
  tally.windows += outcome.windows
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
    const tally = tallies.get(session.source) ?? newTally(session.source + suffix, session.positive)
    tallies.set(session.source, tally)
    count(tally, outcomeOf(rule, scores(session), threshold))
  }
  return [...tallies.values()]
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`

export function fraction(hits: number, all: number): string {
  if (all === 0) return '-'
  const [low, high] = wilson(hits, all)
  return `${percent(hits / all)} (${percent(low)} - ${percent(high)})`
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
        `${t.windowsOfClass}/${t.windows}: ${fraction(t.windowsOfClass, t.windows)}`,
        `${t.calledCloudGaming}/${t.sessions}: ${fraction(t.calledCloudGaming, t.sessions)}`,
        String(t.everCalled),
        String(t.undecided),
        longest === 0 ? '-' : `${longest} windows`,
      ]
      return `| ${cells.join(' | ')} |`
    }),
  ]
}

/** Precision and recall of windows and of sessions. */
export function overall(tallies: readonly Tally[]): string[] {
  const sum = (positive: boolean, field: 'windows' | 'windowsOfClass' | 'sessions' | 'calledCloudGaming') =>
    tallies.filter((t) => t.positive === positive).reduce((total, t) => total + t[field], 0)
  const rows = [
    ['windows', sum(true, 'windowsOfClass'), sum(false, 'windowsOfClass'), sum(true, 'windows')],
    ['sessions', sum(true, 'calledCloudGaming'), sum(false, 'calledCloudGaming'), sum(true, 'sessions')],
  ] as const
  return rows.map(([what, hits, wrong, all]) => {
    return `- ${what}: recall ${hits}/${all} = ${fraction(hits, all)}, precision ${hits}/${hits + wrong} = ${fraction(hits, hits + wrong)}`
  })
}
