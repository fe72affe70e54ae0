import assert from 'node:assert/strict'
import type { PlanIgp } from '@segchain/records'
import { type Expression, expressAll, type NetconfDialect } from '../../src/dialects/index.js'
import { exampleFacts, sayableTogether } from '../../src/dialects/matrix/index.js'

/** The configuration of everything that the dialect can say. */
export function everything(dialect: NetconfDialect, igp: PlanIgp): Expression {
  const elements = sayableTogether(dialect, igp)
  const expression = expressAll(dialect, elements, exampleFacts(elements, igp))
  assert.deepEqual(expression.refused, [])
  return expression
}
