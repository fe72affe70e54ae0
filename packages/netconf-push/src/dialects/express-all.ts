import { type PlanElement, SegchainError } from '@segchain/records'
import { type DataNode, MergeConflict, mergeTrees } from '../model/index.js'
import { type DeviceFacts, type Express, isUnsupported, type NetconfDialect, type RouterElement } from './dialect.js'

export interface Expression {
  /** The wanted configuration. */
  readonly wanted: readonly DataNode[]
  /** Elements that `wanted` stands for. */
  readonly expressed: readonly RouterElement[]
  /** Elements of kinds that another tool applies. */
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
    const express = expressOf(dialect, element)
    if (express === undefined) {
      elsewhere.push(element)
      continue
    }
    const result = express(facts)
    if (isUnsupported(result)) refused.push(refusal(dialect, element, result.unsupported, result.hint))
    else {
      trees.push(...result)
      expressed.push(element as RouterElement)
    }
  }
  try {
    return { wanted: mergeTrees(trees), expressed, elsewhere, refused }
  } catch (error) {
    if (!(error instanceof MergeConflict)) throw error
    return { wanted: [], expressed: [], elsewhere, refused: [...refused, conflict(facts.device, error)] }
  }
}

function expressOf(
  dialect: NetconfDialect,
  element: PlanElement,
): ((facts: DeviceFacts) => ReturnType<Express<RouterElement['kind']>>) | undefined {
  const functions: Readonly<Record<string, unknown>> = dialect.express
  const express = functions[element.kind] as
    | ((element: PlanElement, facts: DeviceFacts) => ReturnType<Express<'loopback'>>)
    | undefined
  return express === undefined ? undefined : (facts) => express(element, facts)
}

function refusal(dialect: NetconfDialect, element: PlanElement, why: string, hint?: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'NOT_EXPRESSIBLE',
    message: `${element.id} cannot be said in dialect ${dialect.name}: ${why}`,
    hint: hint ?? 'choose another dialect in the Device intent, or --unsupported=skip to go on without it',
    where: { device: element.device, ...placeOfIntent(element) },
  })
}

function placeOfIntent(element: PlanElement): { file?: string; line?: number } {
  const intent = element.reason.intents[0]
  return intent === undefined ? {} : { file: intent.file, line: intent.line }
}

function conflict(device: string, error: MergeConflict): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PLAN_CONFLICT',
    message: `two elements of the plan disagree: ${error.message}`,
    where: { device },
  })
}
