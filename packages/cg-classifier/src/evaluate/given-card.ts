import type { SessionRule } from '../aggregate/session-rule.js'
import { intervals } from './card-unknown.js'
import type { SessionWindows } from './session-windows.js'
import { overall, type Scores, tallied, tallyRows } from './tally.js'

export interface GivenCard {
  /** The digest of the model, `sha256:…`. */
  readonly digest: string
  /** How it came about: sentences. */
  readonly about: readonly string[]
  readonly rule: SessionRule
  readonly threshold: number
  readonly scores: Scores
}

/** A card of a model on sessions that somebody labelled; every figure in it is made here. */
export function givenCard(card: GivenCard, sessions: readonly SessionWindows[]): string {
  const { digest, about, rule, threshold, scores } = card
  const tallies = tallied(rule, sessions, scores, '', threshold)
  const lines = [
    '# Model card',
    '',
    `- ${digest}`,
    ...about.map((sentence) => `- ${sentence}`),
    `- session rule: ${JSON.stringify(rule)}`,
    '',
    '## Measured',
    '',
    ...tallyRows(tallies),
    '',
    ...overall(tallies),
    ...intervals(),
  ]
  return `${lines.join('\n')}\n`
}
