import type { PlanElement } from '@segchain/records'
import { policyOf, stackOf } from '../plan.js'
import type { Recording } from '../recording.js'

/** A probe with the stack of a compiled policy: what the plan said, and what the packets did. */
export interface CompiledOutcome {
  readonly probe: number
  /** What the plan pushes, and what was pushed. */
  readonly stack: readonly number[]
  readonly pushed: readonly number[]
  /** The hops of the plan, `r2 17004/17005`: a router, and the stack that arrives there. */
  readonly predicted: readonly string[]
  readonly seen: readonly string[]
}

/** Each probe that has a compiled stack, and no failure that the plan did not know of. */
export function compiledOutcomes(recording: Recording, plan: readonly PlanElement[]): CompiledOutcome[] {
  return recording.lab.probes.flatMap((probe, i) => {
    if (!('color' in probe.stack) || probe.down !== undefined) return []
    const policy = policyOf(plan, probe.from, probe.stack)
    const result = recording.probes[i]
    const hops = policy.candidatePaths[0]?.segmentLists[0]?.hops ?? []
    const sightings = result?.sightings.filter(({ direction }) => direction === 'In') ?? []
    return [
      {
        probe: i + 1,
        stack: stackOf(policy),
        pushed: result?.stack ?? [],
        predicted: sorted(hops.map(({ name, labels }) => `${name} ${labels.join('/')}`)),
        seen: sorted(sightings.map(({ router, labels }) => `${router} ${labels.join('/')}`)),
      },
    ]
  })
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}
