import { type PlanElement, SegchainError } from '@segchain/records'
import { isForRouter, type RouterElement, type Unsupported } from '../dialect.js'
import { byKind } from '../expressions.js'
import type { DeviceFacts } from '../facts.js'
import { impossible, refusal } from '../refusal.js'
import { adjacencySid } from './adjacency-sid.js'
import { flexAlgo } from './flex-algo.js'
import { linkAttributes } from './link-attributes.js'
import { loopback } from './loopback.js'
import { prefixSid } from './prefix-sid.js'
import { segmentRouting } from './segment-routing.js'
import { srPolicy } from './sr-policy.js'
import type { FrrExpression, OwnedBlock, Statement } from './statement.js'
import { tiLfa } from './ti-lfa.js'

export { vtyshArguments, vtyshCalls } from './commands.js'
export { parseConfig } from './config-tree.js'
export { type Command, diffConfig, type FrrDiff } from './diff.js'

/** The name in Device intents. */
export const FRR = 'frr'

/** For the docs: what it speaks, and what it has been tried on. */
export const DESCRIPTION =
  'vtysh over SSH; tried on FRR 8.4.4 (IS-IS, OSPF) and 10.7.1 (IS-IS). Flex-Algo and affinities of links want FRR 9 or later, policies pathd'

export interface FrrWanted {
  readonly statements: readonly Statement[]
  readonly owned: readonly OwnedBlock[]
  readonly expressed: number
  readonly refused: readonly SegchainError[]
}

const says = byKind({ segmentRouting, loopback, prefixSid, adjacencySid, flexAlgo, linkAttributes, tiLfa, srPolicy })

/** All elements of the plan for one device in the words of FRR; lines that several want are there once. */
export function expressForFrr(elements: readonly PlanElement[], facts: DeviceFacts): FrrWanted {
  const statements = new Map<string, Statement>()
  const owned: OwnedBlock[] = []
  const refused: SegchainError[] = []
  let expressed = 0
  for (const element of elements) {
    if (!isForRouter(element, facts)) continue
    const why = impossible(element)
    const result = why === undefined ? expressOne(element, facts) : { unsupported: why }
    if ('unsupported' in result) {
      refused.push(refusal(FRR, element, result.unsupported, result.hint))
      continue
    }
    expressed++
    for (const statement of result.statements) {
      const key = JSON.stringify([statement.context, statement.key])
      const other = statements.get(key)
      if (other === undefined) statements.set(key, statement)
      else if (other.line !== statement.line) refused.push(conflict(facts.device, other, statement))
    }
    owned.push(...(result.owned ?? []))
  }
  return { statements: [...statements.values()], owned, expressed, refused }
}

function expressOne(element: RouterElement, facts: DeviceFacts): FrrExpression | Unsupported {
  // The kind picks the function that takes exactly this kind, which the compiler cannot follow.
  const express = says[element.kind] as (element: RouterElement, facts: DeviceFacts) => FrrExpression | Unsupported
  return express(element, facts)
}

function conflict(device: string, one: Statement, other: Statement): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'PLAN_CONFLICT',
    message: `two elements of the plan disagree: ${one.element} wants "${one.line}", ${other.element} wants "${other.line}"`,
    where: { device },
  })
}
