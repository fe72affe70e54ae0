import type { Graph, Snapshot } from '@segchain/path-engine'
import type { ExplanationRecord, SegchainError } from '@segchain/records'
import { buildModel } from '../compile/model.js'
import { type Steered, segmentsOf } from '../compile/policies.js'
import { Problems } from '../compile/problems.js'
import type { IntentSet } from '../intents/intent.js'
import type { Lock } from '../lock/lock-file.js'
import { singleRelaxations } from './relaxations.js'

export interface ExplainInput {
  readonly intents: IntentSet
  readonly lock: Lock
  readonly topology: Snapshot
}

/** Every Steering by itself: what was chosen and why, or why nothing could be. */
export function explain(input: ExplainInput): ExplanationRecord[] {
  return input.intents.steerings.map((steering) => {
    const { chain, headend, endpoint } = steering.spec
    const { one, problems, graph } = solve(input, steering.name)
    const found = one !== undefined && graph !== undefined
    return {
      kind: 'explanation',
      id: `explanation:${steering.name}`,
      steering: steering.name,
      chain,
      headend,
      endpoint,
      found,
      labels: found ? segmentsOf(one, graph).map(({ label, reason }) => ({ label, reason })) : [],
      ...(found ? { cost: one.chosen.stack.cost } : {}),
      ...(one?.chosen.delayUs === undefined ? {} : { delayUs: one.chosen.delayUs }),
      rejected: [...(one?.chosen.rejected ?? [])],
      problems: found ? [] : problems.map((problem) => `${problem.location}: ${problem.message}`),
      relaxations: found ? [] : relaxationsOf(input, steering.name),
    }
  })
}

function relaxationsOf(input: ExplainInput, name: string): ExplanationRecord['relaxations'] {
  return singleRelaxations(input.intents, name)
    .flatMap(({ text, file, line, intents }) => {
      const { one } = solve({ ...input, intents }, name)
      if (one === undefined) return []
      const { stack, delayUs } = one.chosen
      const needs = text.endsWith('delayUs')
        ? `: it takes ${delayUs ?? 'unknown'} us`
        : text.endsWith('bounds.labels')
          ? `: it takes ${stack.entries.length}`
          : ''
      return [{ change: `${text}${needs}`, file, line, cost: stack.cost }]
    })
    .sort((a, b) => a.cost - b.cost || (a.change < b.change ? -1 : 1))
}

/** A Steering without the others. */
function solve(
  input: ExplainInput,
  name: string,
): { one?: Steered; problems: readonly SegchainError[]; graph?: Graph } {
  const problems = new Problems()
  const steerings = input.intents.steerings.filter((steering) => steering.name === name)
  const model = buildModel({ ...input, intents: { ...input.intents, steerings }, unreachable: 'warn' }, problems)
  const [one] = model?.steered ?? []
  return { problems: problems.errors, ...(one === undefined || model === undefined ? {} : { one, graph: model.graph }) }
}
