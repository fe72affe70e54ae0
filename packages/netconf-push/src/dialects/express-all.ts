import { type PlanElement, SegchainError } from '@segchain/records'
import { type DataNode, MergeConflict, mergeTrees } from '../model/index.js'
import {
  type DeviceFacts,
  type Expressed,
  isForRouter,
  isUnsupported,
  type NetconfDialect,
  type RouterElement,
} from './dialect.js'
import { impossible, refusal } from './refusal.js'

export interface Expression {
  /** The wanted configuration. */
  readonly wanted: readonly DataNode[]
  /** Elements that `wanted` stands for. */
  readonly expressed: readonly RouterElement[]
  /** Elements that another tool applies. */
  readonly elsewhere: readonly PlanElement[]
  /** Elements of our kinds that cannot be said: an error before anything is sent. */
  readonly refused: readonly SegchainError[]
}

/** The wanted configuration of one device, from all elements of the plan for it. */
export function expressAll(dialect: NetconfDialect, elements: readonly PlanElement[], facts: DeviceFacts): Expression {
  const trees: DataNode[] = []
  const expressed: RouterElement[] = []
  const elsewhere: PlanElement[] = []
  const refused: SegchainError[] = []
  for (const element of elements) {
    if (!isForRouter(element, facts)) {
      elsewhere.push(element)
      continue
    }
    const why = impossible(element)
    const result = why === undefined ? expressOne(dialect, element, facts) : { unsupported: why }
    if (isUnsupported(result)) refused.push(refusal(dialect.name, element, result.unsupported, result.hint))
    else {
      trees.push(...result)
      expressed.push(element)
    }
  }
  try {
    return { wanted: mergeTrees(trees), expressed, elsewhere, refused }
  } catch (error) {
    if (!(error instanceof MergeConflict)) throw error
    return { wanted: [], expressed: [], elsewhere, refused: [...refused, conflict(facts.device, error)] }
  }
}

function expressOne(dialect: NetconfDialect, element: RouterElement, facts: DeviceFacts): Expressed {
  // The kind picks the function that takes exactly this kind, which the compiler cannot follow.
  const express = dialect.express[element.kind] as (element: RouterElement, facts: DeviceFacts) => Expressed
  return express(element, facts)
}

function conflict(device: string, error: MergeConflict): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PLAN_CONFLICT',
    message: `two elements of the plan disagree: ${error.message}`,
    where: { device },
  })
}
