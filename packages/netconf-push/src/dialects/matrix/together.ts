import type { PlanElement, PlanIgp } from '@segchain/records'
import type { NetconfDialect } from '../dialect.js'
import { expressAll } from '../express-all.js'
import { exampleFacts } from './matrix.js'
import { rows } from './rows.js'

/** Rows that say something about the same thing: one of them is enough in one configuration. */
const ALTERNATIVES: ReadonlySet<string> = new Set([
  'SRGB',
  'SRGB of two ranges',
  'SRLB',
  'TI-LFA for links',
  'TI-LFA for nodes',
])

/** The elements of all rows that the dialect can say: of rows that exclude each other the last. A whole plan, for tests. */
export function sayableTogether(dialect: NetconfDialect, igp: PlanIgp): PlanElement[] {
  const sayable = rows.filter(
    ({ elements }) => expressAll(dialect, elements, exampleFacts(elements, igp)).refused.length === 0,
  )
  const chosen = sayable.filter(({ name, elements }, index) => {
    if (!ALTERNATIVES.has(name)) return true
    return !sayable.some((other, at) => at > index && other.elements[0]?.kind === elements[0]?.kind)
  })
  return chosen.flatMap(({ elements }) =>
    elements.map((element) => (element.kind === 'segment-routing' ? { ...element, igp } : element)),
  )
}
