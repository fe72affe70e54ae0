import { comparison } from './card-compare.js'
import { aims, head } from './card-head.js'
import { leftOut } from './card-left-out.js'
import { realPart } from './card-real.js'
import { startUps } from './card-start-up.js'
import { intervals, unknown } from './card-unknown.js'
import { scoresOf } from './fit.js'
import { heldOutRates, heldOutSources, seenSources } from './sets.js'
import { overall, type Scores, tallied, tallyRows } from './tally.js'
import type { Trained } from './train.js'

export interface CardOptions {
  /** A folder with real traffic; without it the card says that it was left out. */
  readonly captures?: string
  /** Train once more for every source, without it. Takes minutes. */
  readonly leaveOneOut: boolean
}

/** The model card, as Markdown; every figure in it is made here. */
export async function modelCard(trained: Trained, options: CardOptions): Promise<string> {
  const { ensemble, rule } = trained
  const scores: Scores = (session) => scoresOf(ensemble, session)
  const heldOut = [
    ...tallied(rule, heldOutSources(), scores),
    ...tallied(rule, heldOutRates(), scores, ' (bit-rates held out)'),
  ]
  const seen = tallied(rule, seenSources(), scores)
  const real = options.captures === undefined ? undefined : await realPart(rule, scores, options.captures)
  const lines = [
    ...head(trained),
    ...aims(heldOut, seen, real?.tallies),
    ...intervals(),
    ...['', '## Held out of training, as a whole', '', ...tallyRows(heldOut), '', ...overall(heldOut)],
    ...['', '## Seen sources, other seeds', '', ...tallyRows(seen), '', ...overall(seen)],
    ...startUps(rule, scores),
    ...(real?.lines ?? ['', '## Real captures', '', 'Left out: `--captures DIR` was not given.']),
    ...(await comparison(trained, options.captures)),
    ...(options.leaveOneOut ? leftOut() : []),
    ...unknown(),
  ]
  return `${lines.join('\n')}\n`
}
