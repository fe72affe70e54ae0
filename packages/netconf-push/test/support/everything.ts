import assert from 'node:assert/strict'
import type { PlanElement, PlanIgp } from '@segchain/records'
import { type Expression, expressAll, type NetconfDialect } from '../../src/dialects/index.js'
import { exampleFacts, rows } from '../../src/dialects/matrix/index.js'

/** Rows that say something about the same thing: one of them is enough in one configuration. */
const ALTERNATIVES = ['SRGB', 'SRGB of two ranges', 'SRLB', 'TI-LFA for links', 'TI-LFA for nodes']

/** The configuration of all rows that the dialect can say: of rows that exclude each other the last. */
export function everything(dialect: NetconfDialect, igp: PlanIgp): Expression {
  const sayable = rows.filter(
    ({ elements }) => expressAll(dialect, elements, exampleFacts(elements, igp)).refused.length === 0,
  )
  const chosen = sayable.filter(({ name, elements }, index) => {
    if (!ALTERNATIVES.includes(name)) return true
    return !sayable.some((other, at) => at > index && other.elements[0]?.kind === elements[0]?.kind)
  })
  const elements: PlanElement[] = chosen.flatMap((row) => [...row.elements])
  const expression = expressAll(dialect, elements, exampleFacts(elements, igp))
  assert.deepEqual(expression.refused, [])
  return expression
}
