import type { Source } from '../generate/source.js'
import { sources } from '../generate/sources.js'
import { scoresOf } from './fit.js'
import { allBut, sessionSet, TEST } from './sets.js'
import { type Tally, tallied, tallyRows } from './tally.js'
import { train } from './train.js'

const SMALL = { sessions: 10, seconds: 4 } as const

/** Every source left out of training in its turn; the platforms once more without the mixed source. */
export function leftOut(): string[] {
  const alone = sources.filter(({ mixed }) => mixed !== true)
  const known = alone.flatMap((source) => without(source, []))
  const strict = alone.filter((s) => s.class === 'cloud-gaming').flatMap((source) => without(source, ['mixed-gaming']))
  return [
    '',
    '## Every source left out in its turn',
    '',
    `A smaller model (${SMALL.sessions} sessions of ${SMALL.seconds} s an application), trained without the source of the row.`,
    '',
    ...tallyRows(known),
    '',
    'The platforms once more, without mixed-gaming too: what a platform costs that is unlike all of training.',
    '',
    ...tallyRows(strict),
  ]
}

function without(source: Source, more: readonly string[]): Tally[] {
  const { ensemble, rule } = train(SMALL, [source.name, ...more])
  const options = { ...TEST, sessions: 25, without: allBut([source.name]), heldOutRates: 'leave-out' } as const
  return tallied(rule, sessionSet(options), (session) => scoresOf(ensemble, session))
}
