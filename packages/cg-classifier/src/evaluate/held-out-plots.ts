import { sources } from '../generate/sources.js'
import { scoresOf, THRESHOLD } from './fit.js'
import { outcomeOf } from './outcome.js'
import { areaUnder, confusionChart, lineChart, rocPoints } from './plots.js'
import { HELD_OUT, sessionSet } from './sets.js'
import type { Trained } from './train.js'

/** The pictures of what was held out of training: file name to SVG. */
export function heldOutPlots({ ensemble, rule }: Trained): Map<string, string> {
  const kept: readonly string[] = HELD_OUT.sources
  const without = sources.map(({ name }) => name).filter((name) => !kept.includes(name))
  const sessions = sessionSet({ name: 'test', sessions: 30, seconds: 8, without, heldOutRates: 'leave-out' })
  const scores = { true: [] as number[], false: [] as number[] }
  const called = { true: [0, 0] as [number, number], false: [0, 0] as [number, number] }
  const times: number[] = []
  for (const session of sessions) {
    const found = scoresOf(ensemble, session)
    for (const score of found) scores[`${session.positive}`].push(score)
    const outcome = outcomeOf(rule, found, THRESHOLD)
    called[`${session.positive}`][outcome.decided === 'cloud-gaming' ? 0 : 1]++
    if (session.positive) times.push(outcome.windowsToDecision ?? Number.POSITIVE_INFINITY)
  }
  const roc = rocPoints(scores.true, scores.false)
  const decided = Array.from({ length: 91 }, (_, windows) => {
    return [windows, times.filter((time) => time <= windows).length / times.length] as const
  })
  const what = kept.join(', ')
  return new Map([
    [
      'roc.svg',
      lineChart(
        `Windows, held out (${what}): area ${areaUnder(roc).toFixed(4)}`,
        'false positives',
        'true positives',
        roc,
      ),
    ],
    ['confusion.svg', confusionChart(`Sessions, held out (${what})`, [called.true, called.false])],
    [
      'time-to-decision.svg',
      lineChart('stadia, held out: first decision', 'windows of 33 ms', 'sessions decided', decided, 90),
    ],
  ])
}
