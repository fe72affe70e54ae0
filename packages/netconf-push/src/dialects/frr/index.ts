import type { PlanElement, SegchainError } from '@segchain/records'
import type { DeviceFacts, Unsupported } from '../dialect.js'
import { refusal } from '../refusal.js'
import { expressions } from './express.js'
import type { FrrExpression, OwnedBlock, Statement } from './statement.js'

export { vtyshArguments } from './commands.js'
export { parseConfig } from './config-tree.js'
export { type Command, diffConfig, type FrrDiff } from './diff.js'

/** The name in Device intents. */
export const FRR = 'frr'

export interface FrrWanted {
  readonly statements: readonly Statement[]
  readonly owned: readonly OwnedBlock[]
  readonly expressed: number
  readonly refused: readonly SegchainError[]
}

/** All elements of the plan for one device in the words of FRR; lines that several want are there once. */
export function expressForFrr(elements: readonly PlanElement[], facts: DeviceFacts): FrrWanted {
  const statements = new Map<string, Statement>()
  const owned: OwnedBlock[] = []
  const refused: SegchainError[] = []
  let expressed = 0
  const functions: Readonly<Record<string, unknown>> = expressions
  for (const element of elements) {
    const express = functions[element.kind] as
      | ((element: PlanElement, facts: DeviceFacts) => FrrExpression | Unsupported)
      | undefined
    if (express === undefined) continue
    const result = express(element, facts)
    if ('unsupported' in result) {
      refused.push(refusal(FRR, element, result.unsupported, result.hint))
      continue
    }
    expressed++
    for (const statement of result.statements)
      statements.set(JSON.stringify([statement.context, statement.line]), statement)
    owned.push(...(result.owned ?? []))
  }
  return { statements: [...statements.values()], owned, expressed, refused }
}
