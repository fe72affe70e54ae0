import type { PlanElement, SegchainError } from '@segchain/records'
import { chooseDialect, expressAll, factsOf, type NetconfDialect } from '../dialects/index.js'
import { announcedModules } from '../netconf/announced-modules.js'
import type { NetconfSession } from '../rpc/index.js'
import type { DevicePlan } from './device-plan.js'
import { absent, type Goal, present } from './goal.js'

export interface SaidPlan {
  readonly dialect: NetconfDialect
  readonly goal: Goal
  /** Elements that cannot be said, and were to be skipped. */
  readonly refused: readonly SegchainError[]
}

/**
 * A plan in the dialect that the device announces, or that its Device intent says.
 *
 * @throws {SegchainError} category `data`, code `NOT_EXPRESSIBLE`: an element cannot be said, with `unsupported: 'error'`
 */
export async function sayPlan(
  { device, elements, removing }: DevicePlan,
  session: NetconfSession,
  unsupported: 'error' | 'skip',
): Promise<SaidPlan> {
  const modules = await announcedModules(session)
  const dialect = chooseDialect(device.dialect, modules, session.capabilities.uris)
  const facts = factsOf(device, [...(removing ?? []), ...elements], modules)
  const express = (some: readonly PlanElement[]) => expressAll(dialect, some, facts)
  const expression = express(elements)
  const { refused } = expression
  // Of what is removed, nothing can have been written that cannot be said.
  const goal = removing === undefined ? present(expression) : absent(express(removing), expression)
  const [first] = refused
  if (first !== undefined && unsupported === 'error') throw first
  return { dialect, goal, refused }
}
