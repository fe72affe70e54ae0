import type { Problems } from '../compile/problems.js'
import type { IntentSet } from '../intents/intent.js'

export function checkChains({ chains }: IntentSet, problems: Problems): void {
  for (const { name, spec, source } of chains.values()) {
    if (spec.disjointness === undefined || spec.disjointFrom !== undefined) continue
    problems.warn(
      'DISJOINTNESS_WITHOUT_EFFECT',
      source.at(['spec', 'disjointness']),
      `chain "${name}" says how it keeps apart, and not from whom`,
      'disjointFrom: [the other chain]; or say disjointness in the chain that has disjointFrom',
    )
  }
}
