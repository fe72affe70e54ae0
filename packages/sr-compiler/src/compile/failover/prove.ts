import { type Graph, nodeAt, type Walk, whyNotInOrder, worstDelayUs } from '@segchain/path-engine'
import type { FailoverCase, FailoverRecord, ServedBy } from '@segchain/records'
import { referenceOf } from '../../intents/intent.js'
import { type FailoverEvent, failoverEvents } from './events.js'
import type { Aftermath, Ground, Subject } from './subject.js'

/**
 * Proves for every chain that each single failure which touches it leaves its services visited in order
 * on every equal-cost branch; the exceptions are named. The stack stays, the IGP converges.
 */
export function proveFailovers<S extends Subject>(ground: Ground<S>, subjects: readonly S[]): Map<S, FailoverRecord> {
  const { graph } = ground
  const cases = new Map(subjects.map((one): [S, FailoverCase[]] => [one, []]))
  const before = new Map(subjects.map((one) => [one, servedBy(graph, one.walk)]))
  for (const event of failoverEvents(ground, subjects)) {
    const after = ground.after(event.outage)
    for (const one of event.subjects) {
      cases.get(one)?.push(judge(graph, after, one, event, before.get(one) ?? new Map()))
    }
  }
  return new Map(
    subjects.map((one) => [one, recordOf(one, listOf(one, before.get(one) ?? new Map()), cases.get(one) ?? [])]),
  )
}

function recordOf(one: Subject, services: ServedBy[], cases: FailoverCase[]): FailoverRecord {
  const { steering, chain, policy } = one
  return {
    kind: 'failover',
    id: `failover:${steering.name}`,
    steering: steering.name,
    chain: chain.name,
    policy,
    services,
    cases,
    intents: [steering, chain].map(referenceOf),
  }
}

function judge<S extends Subject>(
  graph: Graph,
  after: Aftermath<S>,
  one: S,
  { failure, down, what }: FailoverEvent<S>,
  before: Served,
): FailoverCase {
  const walk = after.walk(one)
  const why = whyNotInOrder(walk, one.services, one.endpoint)
  const about = { failure, down, what }
  if (why !== undefined) return { ...about, outcome: after.isWayLeft(one) ? 'broken' : 'cut-off', why }
  const now = servedBy(graph, walk)
  const takeOver = listOf(one, now).filter(({ service }) => now.get(service)?.join() !== before.get(service)?.join())
  const delayUs = worstDelayUs({ graph }, walk)
  const bound = one.chain.spec.bounds?.delayUs
  const isLate = bound !== undefined && (delayUs === undefined || delayUs > bound)
  const delay = delayUs === undefined ? 'unknown' : `${delayUs} us`
  return {
    ...about,
    outcome: isLate ? 'late' : 'in-order',
    ...(takeOver.length === 0 ? {} : { takeOver }),
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(isLate ? { why: `its delay is ${delay}, and bounds.delayUs is ${bound}` } : {}),
  }
}

/** By service the topology ids of the nodes, sorted. */
type Served = ReadonlyMap<string, readonly string[]>

function servedBy(graph: Graph, walk: Walk): Served {
  const found = new Map<string, Set<string>>()
  for (const { action, sid, node } of walk.hops) {
    if (action !== 'service' || sid?.service === undefined) continue
    found.set(sid.service, (found.get(sid.service) ?? new Set()).add(nodeAt(graph, node).id))
  }
  return new Map([...found].map(([service, nodes]) => [service, [...nodes].sort()]))
}

/** In the order of the chain. */
function listOf({ services }: Subject, served: Served): ServedBy[] {
  return [...new Set(services)].flatMap((service) => {
    const nodes = served.get(service)
    return nodes === undefined ? [] : [{ service, nodes: [...nodes] }]
  })
}
