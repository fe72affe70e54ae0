import { quantile, THRESHOLD } from './fit.js'
import { outcomeOf } from './outcome.js'
import type { SessionWindows } from './session-windows.js'
import { sessionSet, TEST } from './sets.js'
import { fraction, type Scores } from './tally.js'
import type { Trained } from './train.js'

/** What a start-up costs: the session is called other before its media begin, and that has to be taken back. */
export function startUps(rule: Trained['rule'], scores: Scores): string[] {
  const sets = sessionSet({
    ...TEST,
    name: 'start-up',
    sessions: 20,
    without: [],
    heldOutRates: 'leave-out',
    startUp: 'kept',
  })
  const bySource = new Map<string, SessionWindows[]>()
  for (const session of sets) bySource.set(session.source, [...(bySource.get(session.source) ?? []), session])
  return [
    '',
    '## Sessions that begin with a start-up',
    '',
    'Connectivity checks, keys, control, perhaps a probe of the bandwidth, for 0.3-5 s; then 8 s of media. Every source, held out',
    'or not. A start-up is not cloud gaming yet, and mostly called other; the last columns say how many windows of media it takes',
    'until the session is called cloud gaming (90 windows are 3 s).',
    '',
    '| Source | Truth | Sessions called so at the end (95 %) | at any time | half by window of media | nine of ten by | longest |',
    '|---|---|---|---|---|---|---|',
    ...[...bySource].map(([name, sessions]) => row(name, sessions, rule, scores)),
  ]
}

function row(name: string, sessions: readonly SessionWindows[], rule: Trained['rule'], scores: Scores): string {
  const outcomes = sessions.map((session) => ({
    lead: session.lead ?? 0,
    ...outcomeOf(rule, scores(session), THRESHOLD),
  }))
  const called = outcomes.filter(({ decided }) => decided === 'cloud-gaming').length
  const times = outcomes.flatMap(({ windowsToCalled, lead }) =>
    windowsToCalled === undefined ? [] : [windowsToCalled - lead],
  )
  const truth = sessions[0]?.positive === true ? 'cloud gaming' : 'other'
  const half = times.length === 0 ? ['-', '-', '-'] : [quantile(times, 0.5), quantile(times, 0.9), quantile(times, 1)]
  const cells = [
    name,
    truth,
    `${called}/${sessions.length}: ${fraction(called, sessions.length)}`,
    times.length,
    ...half,
  ]
  return `| ${cells.join(' | ')} |`
}
