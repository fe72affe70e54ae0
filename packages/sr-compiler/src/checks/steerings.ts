import { canonicalJson } from '@segchain/records'
import type { Problems } from '../compile/problems.js'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { SteeringIntent } from '../intents/schema/index.js'
import { isIpv6, whyNoPrefix } from './prefixes.js'

type Steering = Intent<SteeringIntent>

/** Protocols with ports: TCP, UDP, DCCP, SCTP, UDP-Lite. */
const WITH_PORTS: readonly unknown[] = ['udp', 'tcp', 'sctp', 6, 17, 33, 132, 136]

export function checkSteerings({ steerings }: IntentSet, problems: Problems): void {
  for (const steering of steerings) checkMatch(steering, problems)
  checkSameTraffic(steerings, problems)
  checkSameBindingSid(steerings, problems)
}

function checkMatch({ spec, source }: Steering, problems: Problems): void {
  const { match } = spec
  for (const field of ['source', 'destination'] as const) {
    const why = match[field] === undefined ? undefined : whyNoPrefix(match[field])
    if (why !== undefined) problems.add('BAD_PREFIX', source.at(['spec', 'match', field]), why.what, why.hint)
  }
  if (
    match.source !== undefined &&
    match.destination !== undefined &&
    isIpv6(match.source) !== isIpv6(match.destination)
  ) {
    const message = `no packet goes from ${match.source} to ${match.destination}`
    problems.add('MIXED_FAMILIES', source.at(['spec', 'match', 'source']), message, 'both of IPv4, or both of IPv6')
  }
  const port = (['sourcePort', 'destinationPort'] as const).find((field) => match[field] !== undefined)
  if (port === undefined || match.protocol === undefined || WITH_PORTS.includes(match.protocol)) return
  const message = `packets of protocol ${match.protocol} have no ports`
  problems.add('PORT_WITHOUT_PROTOCOL', source.at(['spec', 'match', port]), message, 'protocol: udp, tcp or sctp')
}

function policyOf({ spec }: Steering): string {
  return `${spec.headend}|${spec.color}|${spec.endpoint}`
}

/** The same packets cannot go into two policies. */
function checkSameTraffic(steerings: readonly Steering[], problems: Problems): void {
  const seen = new Map<string, Steering>()
  for (const steering of steerings) {
    const { headend, match } = steering.spec
    const key = `${headend}|${canonicalJson(match)}`
    const other = seen.get(key)
    if (other === undefined) seen.set(key, steering)
    else if (policyOf(other) !== policyOf(steering)) {
      problems.add(
        'STEERING_CONFLICT',
        steering.source.at(['spec', 'match']),
        `Steering "${other.name}" puts exactly this traffic of ${headend} into another policy (color ${other.spec.color}, endpoint ${other.spec.endpoint})`,
        'match less in one of them; or the same color and endpoint, with another preference, for a second choice',
      )
    }
  }
}

/** A binding-SID stands for one policy of its headend (RFC 9256 §6.2). */
function checkSameBindingSid(steerings: readonly Steering[], problems: Problems): void {
  const seen = new Map<string, Steering>()
  for (const steering of steerings) {
    const { headend, bindingSid } = steering.spec
    if (bindingSid === undefined) continue
    const key = `${headend}|${bindingSid}`
    const other = seen.get(key)
    if (other === undefined) seen.set(key, steering)
    else if (policyOf(other) !== policyOf(steering)) {
      problems.add(
        'SID_CONFLICT',
        steering.source.at(['spec', 'bindingSid']),
        `label ${bindingSid} is the binding-SID of Steering "${other.name}" on ${headend} already`,
        'give each policy a label of its own',
      )
    }
  }
}
