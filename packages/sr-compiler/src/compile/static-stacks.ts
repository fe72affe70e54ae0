import type { PlanElement } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import type { Problems } from './problems.js'

/**
 * What a static proxy puts on behind its VNF (End.AS, draft-ietf-spring-sr-service-programming §6.1): the labels that
 * are left of the stack after that of the service. They are the same on all instances, since the headend chose them.
 *
 * @param policies with hops
 * @returns by service; none for a service that no chain goes through
 */
export function staticStacks(
  policies: readonly PlanElement[],
  intents: IntentSet,
  problems: Problems,
): ReadonlyMap<string, readonly number[]> {
  const wanted = [...intents.services.values()].filter(({ spec }) => spec.proxy?.behavior === 'End.AS')
  const stacks = new Map<string, readonly number[]>()
  if (wanted.length === 0) return stacks
  const left = stacksLeft(policies)
  for (const service of wanted) {
    const [first, other] = [...(left.get(service.name)?.entries() ?? [])]
    if (first === undefined) {
      problems.warn(
        'STATIC_WITHOUT_CHAIN',
        service.source.at(['spec', 'proxy']),
        `no chain goes through ${service.name}, and so there is no stack for End.AS to put on: it gets no label`,
        'add the chain, or make it End.AD',
      )
      continue
    }
    if (other !== undefined) {
      problems.add(
        'STATIC_TWO_WAYS',
        service.source.at(['spec', 'proxy']),
        `End.AS puts one stack on, and from ${service.name} ${first[1]} goes on with ${shown(first[0])}, ${other[1]} with ${shown(other[0])}`,
        'make it End.AD, which keeps the stack of each session, or a Service for each of them',
      )
      continue
    }
    stacks.set(service.name, JSON.parse(first[0]))
  }
  return stacks
}

/** By service, the different stacks below its label (as JSON), and whose each is. */
function stacksLeft(policies: readonly PlanElement[]): Map<string, Map<string, string>> {
  const left = new Map<string, Map<string, string>>()
  for (const policy of policies) {
    if (policy.kind !== 'sr-policy') continue
    for (const { name, segmentLists } of policy.candidatePaths) {
      for (const { segments, hops } of segmentLists) {
        const services = new Map(segments.map(({ label, service }) => [label, service] as const))
        for (const { labels, action } of hops) {
          const [top, ...rest] = labels
          const service = action === 'service' && top !== undefined ? services.get(top) : undefined
          if (service === undefined) continue
          const ways = left.get(service) ?? new Map<string, string>()
          const key = JSON.stringify(rest)
          left.set(service, ways.set(key, ways.get(key) ?? `chain "${name}" to ${policy.endpoint}`))
        }
      }
    }
  }
  return left
}

function shown(stack: string): string {
  const labels: readonly number[] = JSON.parse(stack)
  return labels.length === 0 ? 'IP' : labels.join(' ')
}
