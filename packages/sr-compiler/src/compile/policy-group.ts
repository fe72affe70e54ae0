import type { AnyIntent } from '../intents/intent.js'
import { referenceOf } from '../intents/intent.js'
import type { Problems } from './problems.js'
import { policyKey, preferenceOf, type Steered } from './steered.js'
import { STEPS } from './steps.js'

/** A Steering with its chain, whichever the data plane. */
type Candidate = Pick<Steered, 'steering' | 'chain' | 'headend' | 'address'> & {
  readonly chosen: { readonly services: readonly string[] }
}

/** The Steerings of each policy, by headend, color and endpoint. */
export function byPolicy<C extends Candidate>(steered: readonly C[]): ReadonlyMap<string, readonly C[]> {
  const groups = new Map<string, C[]>()
  for (const one of steered) {
    const key = policyKey(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return groups
}

/** The candidates of a policy, highest preference first; two chains with one preference are a problem. */
export function rankCandidates<C extends Candidate>(group: readonly C[], problems: Problems): C[] {
  const byPreference = new Map<number, C>()
  for (const one of group) {
    const preference = preferenceOf(one)
    const other = byPreference.get(preference)
    if (other === undefined) byPreference.set(preference, one)
    else if (other.chain !== one.chain) {
      problems.add(
        'STEERING_CONFLICT',
        one.steering.source.at(['spec', 'chain']),
        `Steering "${other.steering.name}" puts color ${one.steering.spec.color} into chain "${other.chain.name}" with the same preference ${preference}`,
        'give one of them another color, or another preference',
      )
    }
  }
  return [...byPreference.entries()].sort(([a], [b]) => b - a).map(([, one]) => one)
}

/** What the element of a policy says on either data plane, after its best candidate and for all its Steerings. */
export function policyElementFields(group: readonly Candidate[], best: Candidate, cost: number) {
  const { headend, steering, chain, address, chosen } = best
  const intents: AnyIntent[] = [...new Set<AnyIntent>(group.flatMap((one) => [one.steering, one.chain]))]
  return {
    device: headend.device.name,
    step: STEPS.srPolicy,
    reason: {
      text: `${chosen.services.join(' → ')}, then ${steering.spec.endpoint}: cost ${cost} in algorithm ${chain.spec.algorithm ?? 0}`,
      intents: intents.map(referenceOf),
    },
    headend: headend.node.id,
    color: steering.spec.color,
    endpoint: address,
    name: `${chain.name}-${steering.spec.color}`,
    chain: chain.name,
    services: [...chosen.services],
  }
}
