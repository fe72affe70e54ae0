import type { SessionRule } from '../aggregate/session-rule.js'
import { MAX_WINDOWS, scoresOf, THRESHOLD } from './fit.js'
import { outcomeOf } from './outcome.js'
import { areaUnder, confusionChart, lineChart, rocPoints } from './plots.js'
import type { SessionWindows } from './session-windows.js'
import { HELD_OUT, heldOutRates, heldOutSources } from './sets.js'
import type { Scores } from './tally.js'
import type { Trained } from './train.js'

/** The pictures of what was held out of training: file name to SVG. */
export function heldOutPlots({ ensemble, rule }: Trained): Map<string, string> {
  const sessions = [...heldOutSources(), ...heldOutRates()]
  const what = `held out (${HELD_OUT.sources.join(', ')}, bit-rates)`
  return plotsOf(rule, sessions, (session) => scoresOf(ensemble, session), what)
}

/** ROC of windows, confusion of sessions, time to decision. @param what is measured, for the titles. */
export function plotsOf(
  rule: SessionRule,
  sessions: readonly SessionWindows[],
  scores: Scores,
  what: string,
): Map<string, string> {
  const found = { true: [] as number[], false: [] as number[] }
  const called = { true: [0, 0] as [number, number], false: [0, 0] as [number, number] }
  const times: number[] = []
  for (const session of sessions) {
    const probabilities = scores(session)
    for (let row = 0; row < session.count; row++) found[`${session.positive}`].push(probabilities[row] ?? 0)
    const outcome = outcomeOf(rule, probabilities, THRESHOLD)
    called[`${session.positive}`][outcome.decided === 'cloud-gaming' ? 0 : 1]++
    if (session.positive) times.push(outcome.windowsToDecision ?? Number.POSITIVE_INFINITY)
  }
  const roc = rocPoints(found.true, found.false)
  const decided = Array.from({ length: MAX_WINDOWS + 1 }, (_, windows) => {
    return [windows, times.filter((time) => time <= windows).length / Math.max(1, times.length)] as const
  })
  const area = areaUnder(roc).toFixed(4)
  const axes = ['windows of 33 ms', 'sessions decided'] as const
  return new Map([
    ['roc.svg', lineChart(`Windows, ${what}: area ${area}`, 'false positives', 'true positives', roc)],
    ['confusion.svg', confusionChart(`Sessions, ${what}`, [called.true, called.false])],
    ['time-to-decision.svg', lineChart(`Cloud gaming, ${what}: first decision`, ...axes, decided, MAX_WINDOWS)],
  ])
}
